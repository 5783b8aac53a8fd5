/* The functions and the class of weighing.py, compiled: the same behaviour, several times as fast.

   A row is a text and where its pieces stand in it; strings are made only of those that somebody asks for. What
   pieces weigh stands in one table. Several words are looked up together, so that they wait for memory at the
   same time. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

/* Where a `Piece` has its values. */
enum { CANDIDATE, OWN, BEFORE, AFTER, FAR_BEFORE, FAR_AFTER, CODE, OPEN, BEGINS, KEY, PARTICLE, PIECE_SIZE = 13 };

/* Where `SecondTables` has its values. */
enum { BEST, MEAN, LAST, NEXT, USES, BY_KIND, TABLES_SIZE };

/* Numbers of features.py and weighing.py. */
static const double score_bounds[] = {-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0};
static const double min_best_score = -3.0, after_given_name = -2.0;
enum {
    NO_NEIGHBOUR = Py_ARRAY_LENGTH(score_bounds) + 1,
    MAX_USES = 5,
    CODES = 0xFEFFFD, /* the bits of three codes that count: the first may be open, and the last begin */
};

enum {
    BATCH = 32,           /* words that are looked up together */
    MAX_HASHED = 32,      /* characters of a word that is hashed here; Python hashes longer ones */
    MAX_SHORT = 15,       /* characters of a word that stands in the table itself */
    INITIAL_SLOTS = 4096, /* a power of two; half of all are free */
    MAX_CAPACITY = 1 << 24,
};

/* A row: the text of a cable, and its pieces. */

typedef struct {
    uint32_t start, end;
} Span;

typedef struct {
    PyObject_HEAD
    PyObject *text;
    Py_ssize_t size;
    Span *spans;
} Row;

/* A word in a text. */
typedef struct {
    PyObject *text;
    Py_ssize_t start, size;
} Word;

typedef struct {
    PyTypeObject *row, *pieces, *weighed;
} Types;

static Word word_at(const Row *row, Py_ssize_t at)
{
    Span span = row->spans[at];
    return (Word){row->text, span.start, (Py_ssize_t)(span.end - span.start)};
}

static Py_UCS4 letter(Word word, Py_ssize_t at)
{
    return PyUnicode_READ_CHAR(word.text, word.start + at);
}

static PyObject *word_string(Word word)
{
    return PyUnicode_Substring(word.text, word.start, word.start + word.size);
}

/* Return whether a word is in small letters, as `str.islower` does. */
static int is_lower(Word word)
{
    int lower = 0;
    for (Py_ssize_t i = 0; i < word.size; i++) {
        Py_UCS4 sign = letter(word, i);
        if (sign < 128) {
            if (sign >= 'A' && sign <= 'Z')
                return 0;
            lower |= sign >= 'a' && sign <= 'z';
        } else if (Py_UNICODE_ISUPPER(sign) || Py_UNICODE_ISTITLE(sign)) {
            return 0;
        } else {
            lower |= Py_UNICODE_ISLOWER(sign);
        }
    }
    return lower;
}

/* Append the pieces between two places of the text. Returns 0, or -1 with an error set. */
static int split(Row *row, Py_ssize_t *room, Py_ssize_t at, Py_ssize_t end)
{
    int kind = PyUnicode_KIND(row->text);
    const void *data = PyUnicode_DATA(row->text);
    for (;;) {
        while (at < end && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)))
            at++;
        if (at == end)
            return 0;
        if (row->size == *room) {
            Span *more = PyMem_Realloc(row->spans, (size_t)(*room *= 2) * sizeof(Span));
            if (!more) {
                PyErr_NoMemory();
                return -1;
            }
            row->spans = more;
        }
        row->spans[row->size].start = (uint32_t)at;
        while (at < end && !Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)))
            at++;
        row->spans[row->size++].end = (uint32_t)at;
    }
}

static int append_number(PyObject *list, Py_ssize_t value)
{
    PyObject *number = PyLong_FromSsize_t(value);
    int failed = number ? PyList_Append(list, number) : -1;
    Py_XDECREF(number);
    return failed;
}

/* Return the texts with a mark after each, two before the first and one more after the last. */
static PyObject *between_marks(PyObject *texts, PyObject *mark)
{
    Py_ssize_t count = PyList_GET_SIZE(texts), size = 2 * count + 3;
    PyObject *parts = PyList_New(size), *space, *joined = NULL;
    if (!parts)
        return NULL;
    for (Py_ssize_t i = 0; i < size; i++) {
        int is_text = i >= 2 && i % 2 == 0 && i < size - 1;
        PyList_SET_ITEM(parts, i, Py_NewRef(is_text ? PyList_GET_ITEM(texts, i / 2 - 1) : mark));
    }
    if ((space = PyUnicode_FromOrdinal(' '))) {
        joined = PyUnicode_Join(space, parts);
        Py_DECREF(space);
    }
    Py_DECREF(parts);
    return joined;
}

/* Fill a row, and append where each text begins. Returns 0, or -1 with an error set. */
static int fill(Row *row, PyObject *texts, Py_ssize_t mark_size, PyObject *starts)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(row->text), room = 16 + length / 6, at = 2 * (mark_size + 1);
    if ((uint64_t)length > UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "a text is too long");
        return -1;
    }
    if (!(row->spans = PyMem_New(Span, (size_t)room))) {
        PyErr_NoMemory();
        return -1;
    }
    if (split(row, &room, 0, at))
        return -1;
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(texts); n++) {
        Py_ssize_t next = at + PyUnicode_GET_LENGTH(PyList_GET_ITEM(texts, n)) + mark_size + 2;
        if (append_number(starts, row->size) || split(row, &room, at, next - 1))
            return -1;
        at = next;
    }
    return split(row, &room, at, length);
}

static PyObject *cut(PyObject *module, PyObject *args)
{
    PyObject *texts, *mark, *starts, *both = NULL;
    PyTypeObject *type = ((Types *)PyModule_GetState(module))->row;
    Row *row;
    if (!PyArg_ParseTuple(args, "O!U:cut", &PyList_Type, &texts, &mark) ||
        !(row = (Row *)type->tp_alloc(type, 0)))
        return NULL;
    starts = PyList_New(0);
    if (starts && (row->text = between_marks(texts, mark)) &&
        !fill(row, texts, PyUnicode_GET_LENGTH(mark), starts))
        both = PyTuple_Pack(2, row, starts);
    Py_XDECREF(starts);
    Py_DECREF(row);
    return both;
}

static Py_ssize_t row_length(PyObject *self)
{
    return ((Row *)self)->size;
}

static PyObject *row_item(PyObject *self, Py_ssize_t at)
{
    if (at >= 0 && at < ((Row *)self)->size)
        return word_string(word_at((Row *)self, at));
    PyErr_SetString(PyExc_IndexError, "a row has no such piece");
    return NULL;
}

/* Return what a sequence has at an index or in a slice; NULL with an error set. */
static PyObject *subscript(PyObject *self, PyObject *key, Py_ssize_t length, ssizeargfunc item)
{
    Py_ssize_t start, stop, step, size;
    PyObject *list;
    if (!PySlice_Check(key)) {
        Py_ssize_t at = PyNumber_AsSsize_t(key, PyExc_IndexError);
        return at == -1 && PyErr_Occurred() ? NULL : item(self, at < 0 ? at + length : at);
    }
    if (PySlice_Unpack(key, &start, &stop, &step) < 0)
        return NULL;
    size = PySlice_AdjustIndices(length, &start, &stop, step);
    list = PyList_New(size);
    for (Py_ssize_t n = 0; list && n < size; n++) {
        PyObject *one = item(self, start + n * step);
        if (!one)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, n, one);
    }
    return list;
}

static PyObject *row_subscript(PyObject *self, PyObject *key)
{
    return subscript(self, key, ((Row *)self)->size, row_item);
}

static void row_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((Row *)self)->text);
    PyMem_Free(((Row *)self)->spans);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot row_slots[] = {
    {Py_sq_length, row_length},
    {Py_sq_item, row_item},
    {Py_mp_length, row_length},
    {Py_mp_subscript, row_subscript},
    {Py_tp_dealloc, row_dealloc},
    {0, NULL},
};

static PyType_Spec row_spec = {
    .name = "cablesearch.people._weighing.Row",
    .basicsize = sizeof(Row),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = row_slots,
};

static PyObject *count_small(PyObject *module, PyObject *args)
{
    Row *row;
    Py_ssize_t stop, count = 0;
    if (!PyArg_ParseTuple(args, "O!n:count_small", ((Types *)PyModule_GetState(module))->row, &row, &stop))
        return NULL;
    for (Py_ssize_t i = 0; i < stop && i < row->size; i++)
        count += is_lower(word_at(row, i));
    return PyLong_FromSsize_t(count);
}

/* The pieces that were weighed. */

/* What most words are only asked for. */
typedef struct {
    uint32_t hash;
    int code;
    char candidate, open, begins, particle;
    uint8_t size; /* of the word, if it is short and has no letters beyond Latin-1; else 0 */
    Py_UCS1 letters[MAX_SHORT];
} Head;

typedef struct {
    double own, before[2], after[2], far_before, far_after;
    PyObject *word, *piece;
} Entry;

typedef struct {
    PyObject_HEAD
    PyObject *weigh, *drop;
    Head *heads;    /* the first is what stands for words that are not weighed */
    Entry *entries; /* of the same numbers */
    uint32_t size, room;
    uint32_t *slots; /* numbers of entries by their hashes; 0: free */
    uint32_t mask;   /* number of slots, minus one */
    uint32_t capacity;
    uint32_t users; /* rows that have numbers of entries, which must stay */
    uint64_t factor;
} Pieces;

/* Return the hash of a word; -1 with an error set. The factor is a secret, so that no text can be made of words
   that all have one hash. From 45 characters on it could: the difference of two words may be a polynomial that is
   0 modulo 2^64 for every odd factor. */
static int64_t hash_of(const Pieces *pieces, Word word)
{
    uint64_t hash = (uint64_t)word.size;
    if (word.size > MAX_HASHED) {
        PyObject *string = word_string(word);
        Py_hash_t whole = string ? PyObject_Hash(string) : -1;
        Py_XDECREF(string);
        return whole == -1 ? -1 : (int64_t)((uint64_t)whole & UINT32_MAX);
    }
    for (Py_ssize_t i = 0; i < word.size; i++)
        hash = (hash + letter(word, i)) * pieces->factor;
    return (int64_t)((hash ^ hash >> 29) * pieces->factor >> 32);
}

static int is_word(const Pieces *pieces, uint32_t number, Word word)
{
    const Head *head = &pieces->heads[number];
    PyObject *own;
    if (head->size) {
        if (head->size != word.size)
            return 0;
        if (PyUnicode_KIND(word.text) == PyUnicode_1BYTE_KIND)
            return !memcmp(head->letters, PyUnicode_1BYTE_DATA(word.text) + word.start, head->size);
        for (Py_ssize_t i = 0; i < word.size; i++)
            if (head->letters[i] != letter(word, i))
                return 0;
        return 1;
    }
    own = pieces->entries[number].word;
    if (PyUnicode_GET_LENGTH(own) != word.size)
        return 0;
    for (Py_ssize_t i = 0; i < word.size; i++)
        if (PyUnicode_READ_CHAR(own, i) != letter(word, i))
            return 0;
    return 1;
}

/* Return the slot of a word: that with its number, or a free one. */
static uint32_t *slot_of(const Pieces *pieces, Word word, uint32_t hash)
{
    for (uint32_t at = hash;; at++) {
        uint32_t *slot = &pieces->slots[at & pieces->mask];
        if (!*slot || (pieces->heads[*slot].hash == hash && is_word(pieces, *slot, word)))
            return slot;
    }
}

/* Read the two weights of a piece for either side. Returns 0, or -1 with an error set. */
static int read_pair(PyObject *pair, double weights[2])
{
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
        PyErr_SetString(PyExc_TypeError, "a piece must have two weights for either side");
        return -1;
    }
    weights[0] = PyFloat_AsDouble(PyTuple_GET_ITEM(pair, 0));
    weights[1] = PyFloat_AsDouble(PyTuple_GET_ITEM(pair, 1));
    return PyErr_Occurred() ? -1 : 0;
}

/* Read what a piece weighs. Returns 0, or -1 with an error set. */
static int read_piece(Head *head, Entry *entry, PyObject *piece)
{
    if (!PyTuple_Check(piece) || PyTuple_GET_SIZE(piece) != PIECE_SIZE) {
        PyErr_SetString(PyExc_TypeError, "what is weighed must be a Piece");
        return -1;
    }
    entry->own = PyFloat_AsDouble(PyTuple_GET_ITEM(piece, OWN));
    entry->far_before = PyFloat_AsDouble(PyTuple_GET_ITEM(piece, FAR_BEFORE));
    entry->far_after = PyFloat_AsDouble(PyTuple_GET_ITEM(piece, FAR_AFTER));
    head->code = (int)PyLong_AsLong(PyTuple_GET_ITEM(piece, CODE));
    head->candidate = PyTuple_GET_ITEM(piece, CANDIDATE) == Py_True;
    head->open = PyTuple_GET_ITEM(piece, OPEN) == Py_True;
    head->begins = PyTuple_GET_ITEM(piece, BEGINS) == Py_True;
    head->particle = PyTuple_GET_ITEM(piece, PARTICLE) == Py_True;
    if (PyErr_Occurred() || read_pair(PyTuple_GET_ITEM(piece, BEFORE), entry->before) ||
        read_pair(PyTuple_GET_ITEM(piece, AFTER), entry->after))
        return -1;
    return 0;
}

/* Make room for one more entry. Returns 0, or -1 with an error set. */
static int grow(Pieces *pieces)
{
    if (pieces->size == pieces->room) {
        size_t room = 2 * (size_t)pieces->room;
        Head *heads = PyMem_Realloc(pieces->heads, room * sizeof(Head));
        Entry *entries;
        if (!heads)
            goto no_memory;
        pieces->heads = heads;
        entries = PyMem_Realloc(pieces->entries, room * sizeof(Entry));
        if (!entries)
            goto no_memory;
        pieces->entries = entries;
        pieces->room = (uint32_t)room;
    }
    if (2 * pieces->size > pieces->mask) {
        uint32_t mask = 2 * pieces->mask + 1, *slots = PyMem_Calloc((size_t)mask + 1, sizeof *slots);
        if (!slots)
            goto no_memory;
        for (uint32_t n = 1; n < pieces->size; n++) {
            uint32_t at = pieces->heads[n].hash;
            while (slots[at & mask])
                at++;
            slots[at & mask] = n;
        }
        PyMem_Free(pieces->slots);
        pieces->slots = slots;
        pieces->mask = mask;
    }
    return 0;
no_memory:
    PyErr_NoMemory();
    return -1;
}

/* Have a word weighed, and return its number; 0 with an error set. */
static uint32_t add(Pieces *pieces, Word word, uint32_t hash)
{
    Head head = {.hash = hash};
    Entry entry = {0};
    uint32_t *slot;
    entry.word = word_string(word);
    entry.piece = entry.word ? PyObject_CallOneArg(pieces->weigh, entry.word) : NULL;
    if (!entry.piece || read_piece(&head, &entry, entry.piece) || grow(pieces))
        goto failed;
    slot = slot_of(pieces, word, hash);
    if (*slot) { /* another thread was faster */
        Py_DECREF(entry.word);
        Py_DECREF(entry.piece);
        return *slot;
    }
    if (word.size <= MAX_SHORT && PyUnicode_KIND(entry.word) == PyUnicode_1BYTE_KIND) {
        head.size = (uint8_t)word.size;
        memcpy(head.letters, PyUnicode_1BYTE_DATA(entry.word), head.size);
    }
    *slot = pieces->size;
    pieces->heads[pieces->size] = head;
    pieces->entries[pieces->size] = entry;
    return pieces->size++;
failed:
    Py_XDECREF(entry.word);
    Py_XDECREF(entry.piece);
    return 0;
}

/* Return the number of a word; 0 with an error set. */
static uint32_t look_up(Pieces *pieces, Word word)
{
    int64_t hash = hash_of(pieces, word);
    uint32_t found = hash < 0 ? 0 : *slot_of(pieces, word, (uint32_t)hash);
    return found || hash < 0 ? found : add(pieces, word, (uint32_t)hash);
}

/* Drop all but the first entry. */
static void clear(Pieces *pieces)
{
    uint32_t size = pieces->size;
    pieces->size = 1;
    memset(pieces->slots, 0, ((size_t)pieces->mask + 1) * sizeof *pieces->slots);
    for (uint32_t n = 1; n < size; n++) { /* strings and tuples: no Python code runs */
        Py_DECREF(pieces->entries[n].word);
        Py_DECREF(pieces->entries[n].piece);
    }
}

/* Drop all if there are too many, and nobody is using them. Returns 0, or -1 with an error set. */
static int make_room(Pieces *pieces)
{
    PyObject *dropped;
    if (pieces->size <= pieces->capacity || pieces->users)
        return 0;
    clear(pieces);
    dropped = PyObject_CallNoArgs(pieces->drop);
    Py_XDECREF(dropped);
    return dropped ? 0 : -1;
}

/* Choose the secret, and read what words that are not weighed weigh. Returns 0, or -1 with an error set. */
static int prepare(Pieces *pieces)
{
    PyObject *secret = PyUnicode_FromString("the factor of hashes"); /* Python hashes it with a random key */
    PyObject *twin = PyImport_ImportModule("cablesearch.people.weighing");
    PyObject *unweighed = twin ? PyObject_GetAttrString(twin, "UNWEIGHED") : NULL;
    int failed = !secret || !unweighed || read_piece(pieces->heads, pieces->entries, unweighed);
    if (!failed) {
        pieces->factor = (uint64_t)PyObject_Hash(secret) << 1 | 1;
        pieces->entries->piece = Py_NewRef(unweighed);
        pieces->size = 1;
    }
    Py_XDECREF(secret);
    Py_XDECREF(twin);
    Py_XDECREF(unweighed);
    return failed ? -1 : 0;
}

static PyObject *pieces_new(PyTypeObject *type, PyObject *args, PyObject *named)
{
    static char *names[] = {"weigh", "drop", "capacity", NULL};
    PyObject *weigh, *drop;
    unsigned int capacity;
    Pieces *pieces;
    if (!PyArg_ParseTupleAndKeywords(args, named, "OOI:Pieces", names, &weigh, &drop, &capacity))
        return NULL;
    if (!capacity || capacity > MAX_CAPACITY) {
        PyErr_Format(PyExc_ValueError, "capacity must be from 1 to %d", MAX_CAPACITY);
        return NULL;
    }
    if (!(pieces = (Pieces *)type->tp_alloc(type, 0)))
        return NULL;
    pieces->weigh = Py_NewRef(weigh);
    pieces->drop = Py_NewRef(drop);
    pieces->capacity = capacity;
    pieces->room = INITIAL_SLOTS / 2;
    pieces->mask = INITIAL_SLOTS - 1;
    pieces->heads = PyMem_Calloc(pieces->room, sizeof(Head));
    pieces->entries = PyMem_Calloc(pieces->room, sizeof(Entry));
    pieces->slots = PyMem_Calloc(INITIAL_SLOTS, sizeof *pieces->slots);
    if (!pieces->heads || !pieces->entries || !pieces->slots)
        PyErr_NoMemory();
    if (PyErr_Occurred() || prepare(pieces)) {
        Py_DECREF(pieces);
        return NULL;
    }
    return (PyObject *)pieces;
}

static PyObject *pieces_subscript(PyObject *self, PyObject *key)
{
    Pieces *pieces = (Pieces *)self;
    Word word = {key, 0, 0};
    uint32_t found;
    if (!PyUnicode_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "a piece must be a str");
        return NULL;
    }
    word.size = PyUnicode_GET_LENGTH(key);
    if (make_room(pieces))
        return NULL;
    found = look_up(pieces, word);
    return found ? Py_NewRef(pieces->entries[found].piece) : NULL;
}

static Py_ssize_t pieces_length(PyObject *self)
{
    return ((Pieces *)self)->size - 1;
}

static int pieces_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((Pieces *)self)->weigh);
    Py_VISIT(((Pieces *)self)->drop);
    return 0;
}

static int pieces_clear(PyObject *self)
{
    Py_CLEAR(((Pieces *)self)->weigh);
    Py_CLEAR(((Pieces *)self)->drop);
    return 0;
}

static void pieces_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Pieces *pieces = (Pieces *)self;
    PyObject_GC_UnTrack(self);
    pieces_clear(self);
    if (pieces->size) {
        clear(pieces);
        Py_DECREF(pieces->entries->piece);
    }
    PyMem_Free(pieces->heads);
    PyMem_Free(pieces->entries);
    PyMem_Free(pieces->slots);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot pieces_slots[] = {
    {Py_tp_new, pieces_new},           {Py_mp_length, pieces_length},   {Py_mp_subscript, pieces_subscript},
    {Py_tp_traverse, pieces_traverse}, {Py_tp_clear, pieces_clear},     {Py_tp_dealloc, pieces_dealloc},
    {0, NULL},
};

static PyType_Spec pieces_spec = {
    .name = "cablesearch.people._weighing.Pieces",
    .basicsize = sizeof(Pieces),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = pieces_slots,
};

/* The pieces of a row. */

typedef struct {
    PyObject_HEAD
    Pieces *pieces;
    Py_ssize_t size;
    uint32_t *numbers; /* of the entries */
} Weighed;

static Weighed *new_weighed(PyTypeObject *type, Pieces *pieces, Py_ssize_t size)
{
    Weighed *weighed = (Weighed *)type->tp_alloc(type, 0);
    if (!weighed)
        return NULL;
    weighed->pieces = (Pieces *)Py_NewRef((PyObject *)pieces);
    weighed->pieces->users++;
    weighed->size = size;
    if (!(weighed->numbers = PyMem_Calloc((size_t)size + 1, sizeof *weighed->numbers))) {
        Py_DECREF(weighed);
        PyErr_NoMemory();
        return NULL;
    }
    return weighed;
}

static Py_ssize_t weighed_length(PyObject *self)
{
    return ((Weighed *)self)->size;
}

static PyObject *weighed_item(PyObject *self, Py_ssize_t at)
{
    const Weighed *weighed = (Weighed *)self;
    if (at >= 0 && at < weighed->size)
        return Py_NewRef(weighed->pieces->entries[weighed->numbers[at]].piece);
    PyErr_SetString(PyExc_IndexError, "a row has no such piece");
    return NULL;
}

static PyObject *weighed_subscript(PyObject *self, PyObject *key)
{
    return subscript(self, key, ((Weighed *)self)->size, weighed_item);
}

static void weighed_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Weighed *weighed = (Weighed *)self;
    weighed->pieces->users--;
    Py_DECREF(weighed->pieces);
    PyMem_Free(weighed->numbers);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot weighed_slots[] = {
    {Py_sq_length, weighed_length},       {Py_sq_item, weighed_item},         {Py_mp_length, weighed_length},
    {Py_mp_subscript, weighed_subscript}, {Py_tp_dealloc, weighed_dealloc}, {0, NULL},
};

static PyType_Spec weighed_spec = {
    .name = "cablesearch.people._weighing.Weighed",
    .basicsize = sizeof(Weighed),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = weighed_slots,
};

/* Choosing: a cable whose pieces are weighed, and weighed again. */

/* A word of a cable: its scores of the first pass, and what they say. */
typedef struct {
    double sum, best, of_uses;
    int uses, best_class, mean_class;
} Uses;

typedef struct {
    Py_ssize_t at; /* in the row */
    double score;  /* of the first pass */
    Py_ssize_t uses;
} Place;

typedef struct {
    const Row *row;
    Pieces *pieces;
    PyObject *pairs, *tables;
    Weighed *weighed;
    Place *places;     /* that may be in names, in order */
    Py_ssize_t count, room;
    Uses *uses; /* of each different word at the places */
    Py_ssize_t words;
} Cable;

/* Return the number of the piece at a place; -1 with an error set. */
static int64_t number_at(const Cable *cable, Py_ssize_t at)
{
    if (at >= 0 && at < cable->row->size)
        return cable->weighed->numbers[at];
    PyErr_SetString(PyExc_IndexError, "a row must have two pieces at either end that are in no name");
    return -1;
}

/* Return the head of the piece at a place; NULL with an error set. It moves when a word is weighed. */
static const Head *head_at(const Cable *cable, Py_ssize_t at)
{
    int64_t number = number_at(cable, at);
    return number < 0 ? NULL : &cable->pieces->heads[number];
}

/* Weigh the piece at a place, and return its head; NULL with an error set. */
static const Head *weigh_at(Cable *cable, Py_ssize_t at)
{
    int64_t number = number_at(cable, at);
    if (number < 0)
        return NULL;
    if (!number && !(number = cable->weighed->numbers[at] = look_up(cable->pieces, word_at(cable->row, at))))
        return NULL;
    return &cable->pieces->heads[number];
}

static int append_place(Cable *cable, Py_ssize_t at)
{
    if (cable->count == cable->room) {
        Place *more = PyMem_Realloc(cable->places, (size_t)(2 * cable->room) * sizeof(Place));
        if (!more) {
            PyErr_NoMemory();
            return -1;
        }
        cable->places = more;
        cable->room *= 2;
    }
    cable->places[cable->count++].at = at;
    return 0;
}

/* Weigh some pieces, which were hashed, and find the places of candidates. Returns 0, or -1 with an error set. */
static int weigh_batch(Cable *cable, const Py_ssize_t *at, const uint32_t *hashes, int count)
{
    Pieces *pieces = cable->pieces;
    for (int n = 0; n < count; n++)
        FETCH(&pieces->heads[pieces->slots[hashes[n] & pieces->mask]]);
    for (int n = 0; n < count; n++) {
        Word word = word_at(cable->row, at[n]);
        uint32_t number = *slot_of(pieces, word, hashes[n]);
        if (!number && !(number = add(pieces, word, hashes[n])))
            return -1;
        cable->weighed->numbers[at[n]] = number;
        if (pieces->heads[number].candidate && append_place(cable, at[n]))
            return -1;
    }
    return 0;
}

/* Weigh all pieces, or all but those in small letters, and find the places of candidates. */
static int weigh_capitals(Cable *cable, int whole)
{
    const Pieces *pieces = cable->pieces;
    Py_ssize_t at[BATCH];
    uint32_t hashes[BATCH];
    int count = 0;
    for (Py_ssize_t i = 0; i < cable->row->size; i++) {
        Word word = word_at(cable->row, i);
        int64_t hash;
        if (!whole && is_lower(word))
            continue;
        if ((hash = hash_of(pieces, word)) < 0)
            return -1;
        at[count] = i;
        hashes[count] = (uint32_t)hash;
        FETCH(&pieces->slots[hashes[count] & pieces->mask]);
        if (++count == BATCH) {
            if (weigh_batch(cable, at, hashes, count))
                return -1;
            count = 0;
        }
    }
    return weigh_batch(cable, at, hashes, count);
}

/* Weigh the pieces from a place on, one way, while they are particles, but not beyond `bound`. Returns where that
   ends, or -1 with an error set. */
static Py_ssize_t follow_particles(Cable *cable, Py_ssize_t at, int way, Py_ssize_t bound)
{
    const Head *head = head_at(cable, at);
    while (head && head->particle && (way > 0 || at > bound))
        head = weigh_at(cable, at += way);
    return head ? at : -1;
}

/* Weigh what stands near the candidates. */
static int weigh_neighbours(Cable *cable)
{
    static const Py_ssize_t near[] = {-2, -1, 1, 2};
    Py_ssize_t left = 0, right = 0; /* as far as particles have been followed, so that each is once */
    for (Py_ssize_t n = 0; n < cable->count; n++) {
        Py_ssize_t at = cable->places[n].at;
        for (size_t k = 0; k < Py_ARRAY_LENGTH(near); k++)
            if (!weigh_at(cable, at + near[k]))
                return -1;
        if (follow_particles(cable, at - 2, -1, left) < 0)
            return -1;
        left = at - 2;
        right = follow_particles(cable, at + 2 > right ? at + 2 : right, 1, 0);
        if (right < 0)
            return -1;
    }
    return 0;
}

/* Return a new reference to a value by a number; NULL with an error set. */
static PyObject *value_of(PyObject *dict, long number)
{
    PyObject *key = PyLong_FromLong(number), *value = NULL;
    if (!key)
        return NULL;
    value = Py_XNewRef(PyDict_GetItemWithError(dict, key));
    if (!value && !PyErr_Occurred())
        value = PyObject_GetItem(dict, key); /* new: `__missing__` */
    Py_DECREF(key);
    return value;
}

/* Find the score of the first pass for a place. Returns 0, or -1 with an error set. The sums, here and below, are
   in the order of weighing.py, so that no bit of them differs. */
static int score(Cable *cable, Place *place)
{
    const Entry *near[5], *entries;
    int64_t number;
    PyObject *pair;
    double of_pair;
    int joined, joined_to_next;
    long code = 0;
    for (int n = -1; n < 2; n++) {
        if ((number = number_at(cable, place->at + n)) < 0)
            return -1;
        code = code << 8 | cable->pieces->heads[number].code;
    }
    if (!(pair = value_of(cable->pairs, code & CODES)))
        return -1;
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 3) {
        Py_DECREF(pair);
        PyErr_SetString(PyExc_TypeError, "a pair must be a weight and two flags");
        return -1;
    }
    of_pair = PyFloat_AsDouble(PyTuple_GET_ITEM(pair, 0));
    joined = PyTuple_GET_ITEM(pair, 1) == Py_True;
    joined_to_next = PyTuple_GET_ITEM(pair, 2) == Py_True;
    Py_DECREF(pair);
    if (PyErr_Occurred())
        return -1;
    entries = cable->pieces->entries;
    for (int n = 0; n < 5; n++) {
        if ((number = number_at(cable, place->at + n - 2)) < 0)
            return -1;
        near[n] = &entries[number];
    }
    place->score = near[2]->own + of_pair + near[1]->before[joined] + near[3]->after[joined_to_next] +
                   near[0]->far_before + near[4]->far_after;
    return 0;
}

static int score_class(double score)
{
    int class = 0;
    while (class < (int)Py_ARRAY_LENGTH(score_bounds) && score >= score_bounds[class])
        class++;
    return class;
}

/* Count the words at the places. Returns 0, or -1 with an error set. */
static int tally(Cable *cable)
{
    PyObject *by_key = PyDict_New();
    int failed = !by_key;
    for (Py_ssize_t n = 0; !failed && n < cable->count; n++) {
        Place *place = &cable->places[n];
        uint32_t entry = cable->weighed->numbers[place->at];
        PyObject *key = PyTuple_GET_ITEM(cable->pieces->entries[entry].piece, KEY);
        PyObject *number = PyDict_GetItemWithError(by_key, key);
        Uses *uses;
        if (number) {
            place->uses = PyLong_AsSsize_t(number);
            uses = &cable->uses[place->uses];
            uses->sum += place->score;
            uses->uses++;
            if (place->score > uses->best)
                uses->best = place->score;
            continue;
        }
        place->uses = cable->words++;
        uses = &cable->uses[place->uses];
        uses->sum = uses->best = place->score;
        uses->uses = 1;
        failed = PyErr_Occurred() || !(number = PyLong_FromSsize_t(place->uses)) ||
                 PyDict_SetItem(by_key, key, number);
        Py_XDECREF(number);
    }
    Py_XDECREF(by_key);
    return failed ? -1 : 0;
}

/* Add a number of a table to a sum. Returns 0, or -1 with an error set. */
static int add_entry(double *sum, PyObject *tables, Py_ssize_t table, Py_ssize_t row, Py_ssize_t column)
{
    PyObject *rows = PyTuple_GET_ITEM(tables, table), *entries, *entry;
    if (!PyList_Check(rows) || row >= PyList_GET_SIZE(rows) ||
        !PyList_Check(entries = PyList_GET_ITEM(rows, row)) || column >= PyList_GET_SIZE(entries) ||
        !PyFloat_Check(entry = PyList_GET_ITEM(entries, column))) {
        PyErr_SetString(PyExc_TypeError, "a table must be a list of lists of floats");
        return -1;
    }
    *sum += PyFloat_AS_DOUBLE(entry);
    return 0;
}

/* Say what the scores of each word mean. Returns 0, or -1 with an error set. */
static int sum_up(Cable *cable)
{
    for (Uses *uses = cable->uses; uses < cable->uses + cable->words; uses++) {
        Py_ssize_t row = uses->uses < MAX_USES ? uses->uses : MAX_USES;
        uses->mean_class = score_class(uses->sum / uses->uses);
        uses->best_class = score_class(uses->best);
        if (add_entry(&uses->of_uses, cable->tables, USES, row, uses->mean_class))
            return -1;
    }
    return 0;
}

/* Return the class of score of the word that the one at place `n` is joined to, across particles between them; -1
   with an error set.

   way: -1 for the word before, 1 for the word after. */
static int neighbour_class(const Cable *cable, Py_ssize_t n, int way)
{
    Py_ssize_t at = cable->places[n].at;
    for (;;) {
        const Head *near = head_at(cable, way < 0 ? at - 1 : at), *far = head_at(cable, way < 0 ? at : at + 1);
        if (!near || !far)
            return -1;
        if (!near->open || !far->begins)
            return NO_NEIGHBOUR;
        at += way;
        while (n + way >= 0 && n + way < cable->count && (cable->places[n + way].at - at) * way <= 0)
            n += way;
        if (cable->places[n].at == at)
            return score_class(cable->places[n].score);
        if (!head_at(cable, at)->particle)
            return NO_NEIGHBOUR;
    }
}

/* Find the score of the second pass for place `n`. Returns 0, or -1 with an error set. */
static int score_again(double *sum, const Cable *cable, Py_ssize_t n)
{
    const Place *place = &cable->places[n];
    const Uses *uses = &cable->uses[place->uses];
    int own = score_class(place->score), last = neighbour_class(cable, n, -1);
    int following = last < 0 ? -1 : neighbour_class(cable, n, 1), kind;
    PyObject *by_kind;
    if (following < 0)
        return -1;
    *sum = 0;
    if (add_entry(sum, cable->tables, BEST, own, uses->best_class) ||
        add_entry(sum, cable->tables, MEAN, own, uses->mean_class) ||
        add_entry(sum, cable->tables, LAST, own, last) || add_entry(sum, cable->tables, NEXT, own, following))
        return -1;
    kind = head_at(cable, place->at)->code >> 2;
    by_kind = value_of(PyTuple_GET_ITEM(cable->tables, BY_KIND),
                       (long)kind << 12 | uses->best_class << 8 | last << 4 | following);
    if (!by_kind)
        return -1;
    *sum += PyFloat_AsDouble(by_kind);
    *sum += uses->of_uses;
    Py_DECREF(by_kind);
    return PyErr_Occurred() ? -1 : 0;
}

/* Return the list of the places whose pieces are in names; NULL with an error set. */
static PyObject *decide(const Cable *cable)
{
    PyObject *chosen = PyList_New(0);
    Py_ssize_t last = 0; /* the last place chosen */
    for (Py_ssize_t n = cable->count - 1; chosen && n >= 0; n--) {
        Py_ssize_t at = cable->places[n].at;
        int before_name = last == at + 1 && head_at(cable, at)->open && head_at(cable, last)->begins;
        double again;
        if (cable->uses[cable->places[n].uses].best < min_best_score)
            continue;
        if (score_again(&again, cable, n)) {
            Py_CLEAR(chosen);
        } else if (again > (before_name ? after_given_name : 0)) {
            if (append_number(chosen, at))
                Py_CLEAR(chosen);
            last = at;
        }
    }
    if (chosen && PyList_Reverse(chosen))
        Py_CLEAR(chosen);
    return chosen;
}

/* Weigh a cable, and return the list of the places of pieces that are in names; NULL with an error set. */
static PyObject *choose_in(Cable *cable, int whole)
{
    cable->room = 16 + cable->row->size / 8;
    if (!(cable->places = PyMem_New(Place, (size_t)cable->room)))
        return PyErr_NoMemory();
    if (weigh_capitals(cable, whole) || (!whole && weigh_neighbours(cable)))
        return NULL;
    for (Py_ssize_t n = 0; n < cable->count; n++)
        if (score(cable, &cable->places[n]))
            return NULL;
    if (!(cable->uses = PyMem_Calloc((size_t)cable->count + 1, sizeof *cable->uses)))
        return PyErr_NoMemory();
    return tally(cable) || sum_up(cable) ? NULL : decide(cable);
}

static PyObject *choose(PyObject *module, PyObject *args)
{
    const Types *types = PyModule_GetState(module);
    Cable cable = {0};
    PyObject *chosen, *both = NULL;
    int whole;
    if (!PyArg_ParseTuple(args, "O!O!O!O!p:choose", types->row, &cable.row, types->pieces, &cable.pieces,
                          &PyDict_Type, &cable.pairs, &PyTuple_Type, &cable.tables, &whole))
        return NULL;
    if (PyTuple_GET_SIZE(cable.tables) != TABLES_SIZE ||
        !PyDict_Check(PyTuple_GET_ITEM(cable.tables, BY_KIND))) {
        PyErr_SetString(PyExc_TypeError, "the tables must be SecondTables");
        return NULL;
    }
    if (make_room(cable.pieces) ||
        !(cable.weighed = new_weighed(types->weighed, cable.pieces, cable.row->size)))
        return NULL;
    chosen = choose_in(&cable, whole);
    if (chosen)
        both = PyTuple_Pack(2, cable.weighed, chosen);
    Py_XDECREF(chosen);
    Py_DECREF(cable.weighed);
    PyMem_Free(cable.places);
    PyMem_Free(cable.uses);
    return both;
}

static PyMethodDef methods[] = {
    {"cut", cut, METH_VARARGS, NULL},
    {"count_small", count_small, METH_VARARGS, NULL},
    {"choose", choose, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* Make a type, and give it to the module. Returns it, or NULL with an error set. */
static PyTypeObject *add_type(PyObject *module, PyType_Spec *spec, const char *name)
{
    PyObject *type = PyType_FromModuleAndSpec(module, spec, NULL);
    if (type && PyModule_AddObjectRef(module, name, type))
        Py_CLEAR(type);
    return (PyTypeObject *)type;
}

static int module_exec(PyObject *module)
{
    Types *types = PyModule_GetState(module);
    types->row = add_type(module, &row_spec, "Row");
    types->pieces = types->row ? add_type(module, &pieces_spec, "Pieces") : NULL;
    types->weighed = types->pieces ? add_type(module, &weighed_spec, "Weighed") : NULL;
    return types->weighed ? 0 : -1;
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    Types *types = PyModule_GetState(module);
    Py_VISIT(types->row);
    Py_VISIT(types->pieces);
    Py_VISIT(types->weighed);
    return 0;
}

static int module_clear(PyObject *module)
{
    Types *types = PyModule_GetState(module);
    Py_CLEAR(types->row);
    Py_CLEAR(types->pieces);
    Py_CLEAR(types->weighed);
    return 0;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, module_exec}, {0, NULL}};

static PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_weighing",
    .m_doc = "What cablesearch.people.weighing has, compiled.",
    .m_size = sizeof(Types),
    .m_methods = methods,
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
};

PyMODINIT_FUNC PyInit__weighing(void)
{
    return PyModuleDef_Init(&module);
}
