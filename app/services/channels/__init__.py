"""Channels in and out: SMS, Open311, the clients of the API, Laporan Ringkas.

They call the services of the other rooms; none calls them.
"""
