"""The tests of promptlab, one folder per room, and the tools that only developers need."""
