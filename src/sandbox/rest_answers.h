// What /rest answers with: documents, and errors in the two shapes that Jira has for them.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

http::Response json_answer(int status, const nlohmann::json& document);
/// {"errorMessages":[MESSAGE],"errors":{}}: what went wrong with the request.
http::Response error_answer(int status, std::string_view message);
/// {"errorMessages":[],"errors":{FIELD:MESSAGE}}: what went wrong with a field of it.
http::Response field_error(std::string_view field, std::string_view message);
/// {"message":MESSAGE,"status-code":STATUS}: the shape of the framework around Jira's resources.
http::Response status_answer(int status, std::string_view message);
/// The same in XML, unless the client asked for JSON: the way of the framework's own resources.
http::Response status_document(const Incoming& incoming, int status, std::string_view message);
/// Behind the declaration that it is XML.
http::Response xml_answer(int status, std::string_view element);
std::string xml_text(std::string_view text);
http::Response no_such_resource(const Incoming& incoming);
http::Response method_not_allowed(std::string_view allowed);

/// How the cloud names a user, and Confluence its key: the same for as long as the name is.
std::string account_id(const User& user);
nlohmann::json user_json(const Config& config, const User& user);
nlohmann::json issue_json(const Config& config, const Issue& issue);
/// "2007-12-03T07:21:52.000+0000"
std::string jira_time(Timestamp time);

/// GET, or the HEAD of it.
bool is_get(const Incoming& incoming);
/// Whether the client asks for JSON.
bool wants_json(const Incoming& incoming);
/// Whether the body says that it is JSON.
bool is_json(const Incoming& incoming);
/// The body as a document; is_discarded() where it is no JSON.
nlohmann::json json_body(const Incoming& incoming);

}  // namespace applink::sandbox
