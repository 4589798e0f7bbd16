"""What officers are told of, how they are mailed, and what a message may be. Nothing is sent here."""
