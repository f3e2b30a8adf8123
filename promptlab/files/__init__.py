"""Reading and writing the nouns as readable, versioned files."""
