"""Tables of channels: clients and tokens of the API, text messages, imports of Laporan Ringkas."""
