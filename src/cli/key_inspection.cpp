// The report on a key file as rows and as JSON.
#include "cli/key_inspection.h"

#include <vector>

#include "applink/base/text.h"
#include "cli/layout.h"

namespace applink::cli {
namespace {

using Meanings = std::vector<Meaning>;

std::string verdict(const crypto::DoorVerdict& door) {
  return door.takes ? "takes it as it is" : "does not take it: " + door.why_not;
}

Meanings rows_of_key(const crypto::KeyFileReport& report) {
  if (!report.key || !report.fingerprints) return {};
  return {{"exponent", report.key->exponent()},
          {"SHA-256", report.fingerprints->spki_hex},
          {"as base64", report.fingerprints->spki_base64},
          {"ssh-keygen", report.fingerprints->ssh}};
}

Meanings rows_of_certificate(const crypto::KeyFileReport& report) {
  if (!report.certificate) return {};
  return {{"certificate", report.certificate->subject},
          {"valid from", to_rfc3339(report.certificate->not_before)},
          {"valid until", to_rfc3339(report.certificate->not_after)}};
}

Meanings rows_of_doors(const Inspected& inspected) {
  if (inspected.source == KeySource::store) return {};
  const auto& form = inspected.report.admin_form;
  const auto& rest = inspected.report.rest;
  if (form.takes && rest.takes) return {{"Jira", "takes it as it is, by its form and by REST"}};
  if (form.why_not == rest.why_not) {
    return {{"Jira", "takes it neither by its form nor by REST: " + form.why_not}};
  }
  return {{"Jira's form", verdict(form)}, {"Jira's REST", verdict(rest)}};
}

Meanings all_as(std::string_view label, const std::vector<std::string>& texts) {
  Meanings rows;
  for (const std::string& text : texts) rows.push_back({std::string(label), text});
  return rows;
}

Json json_of(const crypto::DoorVerdict& door) {
  Json object;
  object["takes_it"] = door.takes;
  object["why_not"] = json_or_null(door.why_not);
  return object;
}

Json json_of(const std::optional<crypto::CertificateFacts>& certificate) {
  if (!certificate) return nullptr;
  Json object;
  object["subject"] = certificate->subject;
  object["not_before"] = json_time(certificate->not_before);
  object["not_after"] = json_time(certificate->not_after);
  return object;
}

}  // namespace

std::string as_text(const Inspected& inspected) {
  const auto& report = inspected.report;
  Meanings rows{{inspected.source == KeySource::file ? "file" : "stored key", inspected.name},
                {"is", report.description}};
  for (const auto& more :
       {rows_of_key(report), rows_of_certificate(report), rows_of_doors(inspected),
        all_as("to repair", report.repairs), all_as("warning", report.warnings)}) {
    rows.insert(rows.end(), more.begin(), more.end());
  }
  if (!report.advice.empty()) rows.push_back({"what to do", report.advice});
  for (Meaning& row : rows) row.meaning = terminal_safe(row.meaning);
  return explained(rows);
}

Json as_json(const Inspected& inspected) {
  const auto& report = inspected.report;
  const bool is_file = inspected.source == KeySource::file;
  Json object;
  object["file"] = is_file ? Json(inspected.name) : Json(nullptr);
  object["stored_key"] = is_file ? Json(nullptr) : Json(inspected.name);
  object["kind"] = to_string(report.kind);
  object["form"] = json_or_null(report.form);
  object["algorithm"] = json_or_null(report.algorithm);
  object["description"] = report.description;
  object["bits"] = report.key ? Json(report.key->bits()) : Json(nullptr);
  object["exponent"] = report.key ? Json(report.key->exponent()) : Json(nullptr);
  const auto fingerprints = report.fingerprints.value_or(crypto::KeyFingerprints{});
  object["sha256"] = json_or_null(fingerprints.spki_hex);
  object["sha256_base64"] = json_or_null(fingerprints.spki_base64);
  object["ssh_fingerprint"] = json_or_null(fingerprints.ssh);
  object["certificate"] = json_of(report.certificate);
  object["admin_form"] = is_file ? json_of(report.admin_form) : Json(nullptr);
  object["rest"] = is_file ? json_of(report.rest) : Json(nullptr);
  object["repairs"] = Json::array(report.repairs);
  object["warnings"] = Json::array(report.warnings);
  object["advice"] = json_or_null(report.advice);
  return object;
}

}  // namespace applink::cli
