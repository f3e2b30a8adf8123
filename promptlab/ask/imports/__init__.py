"""Answers from elsewhere: exports of chats, pages, Word documents and texts, all of them to turns of a conversation."""
