"""Tests of reading what pupils hand in."""
