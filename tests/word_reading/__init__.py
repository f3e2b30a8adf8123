"""Tests of reading a comparison document back."""
