"""What the channels read besides reports: clients, lists to choose from, imports.

No page of the desk imports it.
"""
