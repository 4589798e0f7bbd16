from typing import Any

Permission: Any
PermissionView: Any
Role: Any
User: Any
ViewMenu: Any
assoc_permissionview_role: Any
assoc_user_role: Any
