"""gunicorn reads this file by itself: what its access lines hold, and its bounds.

A line names the pattern of an address ("/lacak/<handle>/"), never what stood in it, and no query.
gunicorn belongs behind a proxy that buffers requests and answers (README): a worker reads a request
as slowly as it comes.
"""

access_log_format = '%(h)s %(t)s "%(m)s %({lapor.route}e)s" %(s)s %(B)s %(M)sms id=%({lapor.request}e)s'
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
timeout = 60
