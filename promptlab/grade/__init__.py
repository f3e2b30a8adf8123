"""A class against the key: criteria, marks, feedback, overview; rules and the teacher only, never a language model."""
