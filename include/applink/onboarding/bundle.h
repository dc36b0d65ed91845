// What another person, who is the administrator, needs to make the link: one text without secrets.
#pragma once

#include <string>

#include "applink/jira/admin_screens.h"
#include "applink/jira/application_link.h"

namespace applink::onboarding {

struct Bundle {
  jira::ApplicationLink link;
  jira::IncomingConsumer consumer;
  jira::AdminScreens screens;
  std::string fingerprint;  ///< SHA-256 of the key's SubjectPublicKeyInfo, in hexadecimal
};

/// Markdown (CommonMark 0.30) that also reads well as it stands, in a mail or a ticket.
std::string as_markdown(const Bundle& bundle);

/// One file for a browser: a button copies each value; nothing is fetched, and nothing is sent.
std::string as_html(const Bundle& bundle);

}  // namespace applink::onboarding
