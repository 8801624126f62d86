"""Gives `az ad group create` the flag --is-assignable-to-role, which no released az has."""

from azure.cli.core import AzCommandsLoader
from azure.cli.core.commands import CliCommandType
from azure.cli.core.commands.parameters import get_three_state_flag


class PosternCommandsLoader(AzCommandsLoader):
    def __init__(self, cli_ctx=None):
        group = CliCommandType(operations_tmpl='azext_postern.group#{}')
        super().__init__(cli_ctx=cli_ctx, custom_command_type=group)

    def load_command_table(self, args):
        with self.command_group('ad group') as commands:
            commands.custom_command('create', 'create_group')
        return self.command_table

    def load_arguments(self, command):
        with self.argument_context('ad group create') as arguments:
            arguments.argument('display_name', options_list=['--display-name'], help='Name that is shown.')
            arguments.argument('mail_nickname', options_list=['--mail-nickname'], help='Mail nickname.')
            arguments.argument('description', help='What the group is for.')
            arguments.argument('force', arg_type=get_three_state_flag(),
                               help='Make a new group even where one has the same name and mail nickname.')
            arguments.argument('is_assignable_to_role', arg_type=get_three_state_flag(),
                               options_list=['--is-assignable-to-role'],
                               help='Directory roles may be given to the group. Fixed once the group is made.')


COMMAND_LOADER_CLS = PosternCommandsLoader
