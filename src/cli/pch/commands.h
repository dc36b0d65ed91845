// What every command includes, parsed once where precompiled headers are asked for (-Db_pch=true).
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/context.h"
