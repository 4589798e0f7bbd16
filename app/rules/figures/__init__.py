"""The forms that exported figures and dates take. What is counted stands in app/stats."""
