"""What comes in or goes out by SMS, the API, Open311 and Laporan Ringkas, as tables.

No other room imports it but the channels' own.
"""
