import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/** Indexes paragraphs, an object of JSON on each line, with Lucene: java Build PARAGRAPHS FOLDER. */
public final class Build {
    private static final int HEAP = 300; // megabytes of postings before they are written, as of tantivy

    public static void main(String[] arguments) throws IOException {
        var settings = new IndexWriterConfig(new EnglishAnalyzer()).setRAMBufferSizeMB(HEAP);
        try (var writer = new IndexWriter(FSDirectory.open(Path.of(arguments[1])), settings);
                var lines = Files.lines(Path.of(arguments[0]))) {
            var json = new ObjectMapper();
            lines.parallel().forEach(line -> {
                try {
                    writer.addDocument(document(json.readTree(line)));
                } catch (IOException error) {
                    throw new UncheckedIOException(error);
                }
            });
            writer.commit();
        }
    }

    private static Document document(JsonNode paragraph) {
        var document = new Document();
        document.add(new StringField("id", paragraph.get("id").asText(), Store.YES));
        document.add(new TextField("origin", paragraph.get("origin").asText(), Store.NO));
        document.add(new LongField("date", paragraph.get("date").asLong(), Store.NO));
        document.add(new TextField("text", paragraph.get("text").asText(), Store.YES));
        return document;
    }
}
