// The REST interface by which an administrator's program makes application links: messages as
// values. Atlassian promises nothing of it; it is the same in Jira, Confluence, Bitbucket and
// Bamboo as far as it was seen, and not confirmed on Jira 10.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/http/message.h"
#include "applink/jira/admin_screens.h"
#include "applink/jira/application_link.h"

namespace applink::jira {

/// An entry in the product's list of application links. Foreign text throughout.
struct RemoteLink {
  std::string id;
  std::string name;
  std::string rpc_url;

  friend bool operator==(const RemoteLink&, const RemoteLink&) = default;
};

/// The incoming side of one. Foreign text throughout.
struct RemoteConsumer {
  std::string key;
  std::string name;
  std::string description;
  std::string callback;    ///< may be empty
  std::string public_key;  ///< bare base64 of SubjectPublicKeyInfo, however it was entered
  bool two_legged = false;
  bool impersonation = false;

  friend bool operator==(const RemoteConsumer&, const RemoteConsumer&) = default;
};

/// What an administrator shows. Basic authentication passes WebSudo, a personal access token only
/// where the product lets it.
struct AdminCredentials {
  Secret authorization;  ///< the value of the Authorization header
};
/// Basic (RFC 7617). Refused where the name cannot stand there: with a colon, or no UTF-8.
Result<AdminCredentials> admin_by_password(std::string_view user, const Secret& password);
/// Bearer (RFC 6750). Refused where it is no token68.
Result<AdminCredentials> admin_by_token(const Secret& token);

// Requests, without credentials: with_credentials() adds them last.
Result<http::Request> list_links(const ApplicationLink& link);
Result<http::Request> create_link(const ApplicationLink& link, const IncomingConsumer& consumer);
Result<http::Request> delete_link(const ApplicationLink& link, std::string_view id);
Result<http::Request> get_consumer(const ApplicationLink& link, std::string_view id);
/// Creates, or replaces: the product makes the consumer anew then, so that what `before` had beside
/// key and name is said again. It ignores the boxes of two-legged OAuth, and switches them off.
Result<http::Request> put_consumer(const ApplicationLink& link, std::string_view id,
                                   const IncomingConsumer& consumer,
                                   const std::optional<RemoteConsumer>& before);
http::Request with_credentials(http::Request request, const AdminCredentials& credentials);

// Answers. An error says what the product says, and what an administrator does about it.
Result<std::vector<RemoteLink>> links_in(const http::Response& response,
                                         const ApplicationLink& link);
/// The id of what was created.
Result<std::string> created_link_in(const http::Response& response, const ApplicationLink& link);
/// None where the link has no incoming side.
Result<std::vector<RemoteConsumer>> consumers_in(const http::Response& response,
                                                 const ApplicationLink& link);
/// For an answer that brings nothing: 200, 201 and 204 are good.
Result<void> done_in(const http::Response& response, const ApplicationLink& link);

/// Whether both are one SubjectPublicKeyInfo, in PEM or in bare base64.
bool same_public_key(std::string_view one, std::string_view other);

}  // namespace applink::jira
