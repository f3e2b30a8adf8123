"""Getting answers: live, replayed, recorded or scripted; every one of them through the same small interface."""
