"""The OpenSearch engine: paragraphs on a cluster of machines."""
