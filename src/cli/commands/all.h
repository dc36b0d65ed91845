// The commands: each declares its arguments and returns what is to be done with them.
#pragma once

#include "cli/command.h"

namespace applink::cli {

Action curl(Arguments& arguments);

Action key_create(Arguments& arguments);
Action key_export(Arguments& arguments);
Action key_import(Arguments& arguments);
Action key_inspect(Arguments& arguments);
Action key_list(Arguments& arguments);
Action key_remove(Arguments& arguments);
Action key_show(Arguments& arguments);

Action link_add(Arguments& arguments);
Action link_bundle(Arguments& arguments);
Action link_list(Arguments& arguments);
Action link_remove(Arguments& arguments);
Action link_set(Arguments& arguments);
Action link_show(Arguments& arguments);

Action log(Arguments& arguments);

Action token_forget(Arguments& arguments);
Action token_list(Arguments& arguments);
Action token_show(Arguments& arguments);

Action sign(Arguments& arguments);
Action verify(Arguments& arguments);

Action store_backup(Arguments& arguments);
Action store_check(Arguments& arguments);
Action store_export(Arguments& arguments);
Action store_import(Arguments& arguments);
Action store_info(Arguments& arguments);
Action store_restore(Arguments& arguments);
Action store_unlock_method(Arguments& arguments);

// These speak HTTP: handed_over.cpp has them in the executable that does not.
Action login(Arguments& arguments);
Action onboard(Arguments& arguments);
Action request(Arguments& arguments);
Action sandbox(Arguments& arguments);
Action token_renew(Arguments& arguments);

}  // namespace applink::cli
