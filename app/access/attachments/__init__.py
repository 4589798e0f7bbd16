"""Files, read through the scope of the report that they belong to; no other way leads to one."""
