"""`az ad group create`: as az has it, and with isAssignableToRole."""

from json import dumps

from azure.cli.core.azclierror import InvalidArgumentValueError
from azure.cli.core.util import send_raw_request
from knack.log import get_logger

logger = get_logger(__name__)


def create_group(cmd, display_name, mail_nickname, description=None, force=None, is_assignable_to_role=None):
    """Make a group in the directory."""
    groups = f'{cmd.cli_ctx.cloud.endpoints.microsoft_graph_resource_id.rstrip("/")}/v1.0/groups'
    there = None if force else _group_named(cmd, groups, display_name, mail_nickname)
    if there:
        return _as_asked(there, is_assignable_to_role)
    wanted = {
        'displayName': display_name,
        'mailNickname': mail_nickname,
        'description': description,
        'mailEnabled': False,
        'securityEnabled': True,
        'isAssignableToRole': is_assignable_to_role,
    }
    body = dumps({name: value for name, value in wanted.items() if value is not None})
    return send_raw_request(cmd.cli_ctx, 'POST', groups, body=body).json()


def _group_named(cmd, groups, display_name, mail_nickname):
    asked = f'displayName eq {_quoted(display_name)} and mailNickname eq {_quoted(mail_nickname)}'
    found = send_raw_request(cmd.cli_ctx, 'GET', groups, uri_parameters=[f'$filter={asked}']).json()['value']
    if len(found) > 1:
        ids = ', '.join(group['id'] for group in found)
        raise InvalidArgumentValueError(f'Several groups have this name and mail nickname: {ids}. '
                                        'Delete all but one, or add --force.')
    return found[0] if found else None


def _as_asked(there, is_assignable_to_role):
    if is_assignable_to_role is not None and bool(there.get('isAssignableToRole')) != is_assignable_to_role:
        raise InvalidArgumentValueError(f'The group {there["id"]} has this name and mail nickname already, and whether '
                                        'directory roles may be given to it cannot change. Choose another name, or add --force.')
    logger.warning('A group with this name and mail nickname is there already: nothing was made.')
    return there


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"
