"""Documents to print that gather several rooms: the protocol of a case, the teacher's sheets, the privacy notice."""
