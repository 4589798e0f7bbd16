"""What is told to officers, and how letters and text messages leave. It is told of moves; it makes none."""
