"""What differs between two texts of one document: paragraphs, words, fields. Pure values; no sentence, no database."""
