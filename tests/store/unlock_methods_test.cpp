// What unlocks a store: chosen when it is made, tried when it is opened, changed as long as one
// stays.
#include "applink/store/unlock_methods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/files.h"
#include "store/samples.h"
#include "support/fake_keyring.h"
#include "support/processes.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

using Turn = UnlockMeans::PassphraseTurn;
using Opens = UnlockMethodState::Opens;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Unlocking : public ::testing::Test {
 protected:
  // A store with the key file, and with what else a test wants.
  void make(std::initializer_list<UnlockMethod> others) {
    test::make_filled_store(place);
    const auto vault = open_with_keyring();
    for (const UnlockMethod method : others) {
      auto unlock = vault->unlock_methods();
      ASSERT_TRUE(method == UnlockMethod::keyring
                      ? unlock.add_keyring()
                      : unlock.add_passphrase(Secret("right"), test::quick));
    }
  }
  UnlockMeans saying(std::string passphrase, Turn turn = Turn::last) {
    return {.passphrase =
                [this, passphrase] {
                  ++asked;
                  return Result<Secret>(Secret(passphrase));
                },
            .turn = turn};
  }
  std::unique_ptr<Vault> open_with_keyring() {
    auto vault = place.open({.keyring = &keyring});
    EXPECT_TRUE(vault) << vault.error().message;
    return vault ? std::move(*vault) : nullptr;
  }
  std::string opened_by(const UnlockMeans& means) {
    const auto vault = place.open(means);
    return vault ? (*vault)->info()->unlock_method : vault.error().message;
  }
  Error error(const UnlockMeans& means) {
    const auto vault = place.open(means);
    EXPECT_FALSE(vault);
    return vault ? Error{} : vault.error();
  }
  bool has_key_file() const { return fs::exists(place.location.key_file); }

  test::StorePlace place;
  test::FakeKeyring keyring;
  int asked = 0;
};

TEST_F(Unlocking, ANewStoreIsUnlockedByTheKeyringWhereOneAnswers) {
  const auto vault = open_with_keyring();
  ASSERT_TRUE(vault);
  EXPECT_THAT(*vault->notice(), HasSubstr("the keyring of this desktop unlocks it"));
  EXPECT_THAT(*vault->notice(), HasSubstr("unlock-method add passphrase"));
  EXPECT_EQ(vault->info()->unlock_method, "keyring");
  EXPECT_EQ(vault->info()->key_file, "");
  EXPECT_FALSE(has_key_file());
  ASSERT_EQ(keyring.items().size(), 1U);
  EXPECT_THAT(keyring.items().begin()->second.label, HasSubstr("applink"));
  EXPECT_EQ(opened_by({.keyring = &keyring}), "keyring");
}

TEST_F(Unlocking, AKeyringThatIsMissingLaterIsLockedAndNothingIsMadeInItsPlace) {
  open_with_keyring();
  keyring.go_away();
  for (KeyringService* const none :
       {static_cast<KeyringService*>(&keyring), static_cast<KeyringService*>(nullptr)}) {
    const Error locked = error({.keyring = none});
    EXPECT_EQ(locked.code, ErrorCode::locked);
    EXPECT_THAT(locked.message, HasSubstr("the keyring that unlocks the store"));
    EXPECT_THAT(locked.hint, HasSubstr("unlock-method add key-file"));
    EXPECT_FALSE(has_key_file());
  }
  keyring.come_back();
  EXPECT_EQ(opened_by({.keyring = &keyring}), "keyring");
}

TEST_F(Unlocking, AKeyringThatLostTheKeyOrHasAnotherIsLocked) {
  open_with_keyring();
  auto& item = keyring.items().begin()->second;
  const std::string good = item.secret;
  for (const std::string& bad : {std::string(), std::string("not base64"), good.substr(4)}) {
    item.secret = bad;
    EXPECT_THAT(error({.keyring = &keyring}).message, HasSubstr("in the place of the store's key"));
  }
  item.secret = (good.front() == 'A' ? 'B' : 'A') + good.substr(1);
  EXPECT_THAT(error({.keyring = &keyring}).message, HasSubstr("does not open the store"));
  keyring.items().clear();
  const Error lost = error({.keyring = &keyring});
  EXPECT_EQ(lost.code, ErrorCode::locked);
  EXPECT_EQ(lost.message, "the keyring no longer has the key of the store");
}

TEST_F(Unlocking, WhereNoKeyringAnswersANewStoreHasAKeyFile) {
  keyring.go_away();
  const auto vault = open_with_keyring();
  ASSERT_TRUE(vault);
  EXPECT_THAT(*vault->notice(), HasSubstr(place.location.key_file.string()));
  keyring.come_back();
  EXPECT_EQ(opened_by({.keyring = &keyring}), "key file");
  EXPECT_THAT(keyring.items(), IsEmpty());
}

TEST_F(Unlocking, AKeyFileThatIsThereBeforeTheStoreIsUsed) {
  test::make_filled_store(place);
  fs::remove(place.location.database);
  const auto vault = open_with_keyring();
  ASSERT_TRUE(vault);
  EXPECT_EQ(vault->info()->unlock_method, "key file");
  EXPECT_EQ(keyring.calls(), 0);
}

TEST_F(Unlocking, APassphraseThatIsGivenMakesAStoreOfItsOwnAndIsAskedForOnce) {
  {
    const auto vault = place.open(saying("right", Turn::first));
    ASSERT_TRUE(vault) << vault.error().message;
    EXPECT_THAT(*(*vault)->notice(), HasSubstr("passphrase unlocks it"));
    EXPECT_EQ((*vault)->unlock_methods().list()->at(0).scrypt, crypto::ScryptParameters());
    ASSERT_TRUE((*vault)->unlock_methods().change_passphrase(Secret("right"), test::quick));
  }
  EXPECT_EQ(asked, 1);
  EXPECT_FALSE(has_key_file());
  EXPECT_EQ(opened_by(saying("right")), "passphrase");
  EXPECT_EQ(asked, 2);
}

TEST_F(Unlocking, AnEmptyPassphraseMakesNoStore) {
  EXPECT_EQ(error(saying("", Turn::first)).code, ErrorCode::usage);
  EXPECT_FALSE(fs::exists(place.location.database));
}

TEST_F(Unlocking, TheKeyOfAStoreThatCouldNotBeMadeIsForgotten) {
  place.location.database = place.dir / std::string(256, 'x');  // no file system takes such a name
  EXPECT_NE(error({.keyring = &keyring}).message, "");
  EXPECT_THAT(keyring.items(), IsEmpty());
}

TEST_F(Unlocking, NobodyIsAskedWhereSomethingElseOpens) {
  make({UnlockMethod::passphrase, UnlockMethod::keyring});
  const int calls = keyring.calls();
  UnlockMeans means = saying("wrong");
  means.keyring = &keyring;
  EXPECT_EQ(opened_by(means), "key file");
  EXPECT_EQ(keyring.calls(), calls);
  fs::remove(place.location.key_file);
  EXPECT_EQ(opened_by(means), "keyring");
  EXPECT_EQ(asked, 0);
}

TEST_F(Unlocking, ThePassphraseIsTheLastWay) {
  make({UnlockMethod::passphrase, UnlockMethod::keyring});
  fs::remove(place.location.key_file);
  keyring.go_away();
  UnlockMeans means = saying("right");
  means.keyring = &keyring;
  EXPECT_EQ(opened_by(means), "passphrase");
  EXPECT_EQ(asked, 1);
}

TEST_F(Unlocking, APassphraseThatIsGivenIsTheOneWay) {
  make({UnlockMethod::passphrase});
  EXPECT_EQ(opened_by(saying("right", Turn::first)), "passphrase");
  const Error wrong = error(saying("wrong", Turn::first));
  EXPECT_EQ(wrong.code, ErrorCode::locked);
  EXPECT_EQ(wrong.message, "the passphrase does not open the store");
  EXPECT_EQ(asked, 2);
}

TEST_F(Unlocking, APassphraseThatIsGivenToAStoreWithoutOneIsNotAskedFor) {
  make({});
  EXPECT_EQ(opened_by(saying("any", Turn::first)), "key file");
  EXPECT_EQ(asked, 0);
}

TEST_F(Unlocking, WhereNobodyCanBeAskedTheErrorSaysWhatWasTried) {
  make({UnlockMethod::passphrase, UnlockMethod::keyring});
  fs::remove(place.location.key_file);
  keyring.go_away();
  const Error locked = error({.keyring = &keyring});
  EXPECT_EQ(locked.code, ErrorCode::locked);
  EXPECT_THAT(locked.message, HasSubstr("needs its passphrase, and nobody can be asked"));
  EXPECT_THAT(locked.message, HasSubstr("store.key that unlocks the store is missing"));
  EXPECT_THAT(locked.message, HasSubstr("no keyring answers"));
  const UnlockMeans refusing{
      .passphrase = []() -> Result<Secret> { return fail(ErrorCode::locked, "not now", "later"); }};
  EXPECT_EQ(error(refusing).hint, "later");
}

TEST_F(Unlocking, ProcessesThatMakeTheStoreAtOnceEndWithOneThatOpens) {
  constexpr int processes = 2;
  EXPECT_EQ(processes, test::run_at_once(processes, [&](int number) {
              return place.open(saying("right", Turn::first)).has_value() && number >= 0;
            }));
  EXPECT_EQ(opened_by(saying("right")), "passphrase");
}

class UnlockMethodsTest : public Unlocking {
 protected:
  std::vector<std::string> methods() {
    std::vector<std::string> names;
    const auto states = open_with_keyring()->unlock_methods().list();
    for (const UnlockMethodState& state : *states) {
      names.push_back(state.method);
    }
    return names;
  }
};

TEST_F(UnlockMethodsTest, AreAddedListedAndRemoved) {
  make({UnlockMethod::passphrase, UnlockMethod::keyring});
  EXPECT_THAT(methods(), ElementsAre("key file", "keyring", "passphrase"));
  const auto vault = open_with_keyring();
  const auto states = vault->unlock_methods().list();
  EXPECT_EQ(states->at(0).key_file, place.location.key_file);
  EXPECT_EQ(states->at(0).opens_here, Opens::yes);
  EXPECT_EQ(states->at(1).opens_here, Opens::yes);
  EXPECT_EQ(states->at(2).opens_here, Opens::if_right);
  EXPECT_EQ(states->at(2).scrypt, test::quick);

  EXPECT_EQ(vault->unlock_methods().remove(UnlockMethod::key_file), Leftover::key_file);
  EXPECT_TRUE(has_key_file());
  EXPECT_EQ(vault->unlock_methods().remove(UnlockMethod::keyring), Leftover::none);
  EXPECT_THAT(keyring.items(), IsEmpty());
  EXPECT_EQ(opened_by(saying("right")), "passphrase");
  EXPECT_FALSE(place.open({.keyring = &keyring}));
  EXPECT_THAT(*vault->check(), IsEmpty());
}

TEST_F(UnlockMethodsTest, EveryChangeIsAnEvent) {
  make({UnlockMethod::passphrase});
  {
    const auto vault = place.open(saying("right", Turn::first));
    ASSERT_TRUE((*vault)->unlock_methods().change_passphrase(Secret("new"), test::quick));
    ASSERT_TRUE((*vault)->unlock_methods().remove(UnlockMethod::key_file));
  }
  const auto events = (*place.open(saying("new")))->events();
  std::vector<std::string> told;
  for (const Event& event : *events) {
    if (event.kind != RecordKind::unlock_method) continue;
    told.push_back(std::string(to_string(event.change)) + ' ' + event.name);
  }
  EXPECT_THAT(told, ElementsAre("added key file", "added passphrase", "replaced passphrase",
                                "removed key file"));
}

TEST_F(UnlockMethodsTest, TheLastOneStays) {
  make({});
  const auto vault = open_with_keyring();
  const auto refused = vault->unlock_methods().remove(UnlockMethod::key_file);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "nothing but the key file unlocks this store");
  EXPECT_THAT(refused.error().hint, HasSubstr("unlock-method add passphrase"));
  EXPECT_EQ(opened_by({}), "key file");
}

TEST_F(UnlockMethodsTest, OfTwoProcessesThatRemoveTheLastTwoOneIsRefused) {
  make({UnlockMethod::passphrase});
  EXPECT_EQ(1, test::run_at_once(2, [&](int number) {
              const auto vault = place.open(saying("right", Turn::first));
              return vault && (*vault)->unlock_methods().remove(
                                  number == 0 ? UnlockMethod::key_file : UnlockMethod::passphrase);
            }));
  EXPECT_TRUE(place.open(saying("right")));
}

TEST_F(UnlockMethodsTest, WhatIsThereIsNotAdded) {
  make({UnlockMethod::passphrase, UnlockMethod::keyring});
  const auto vault = open_with_keyring();
  auto unlock = vault->unlock_methods();
  for (const auto& refused :
       {unlock.add_key_file(), unlock.add_passphrase(Secret("x"), test::quick),
        unlock.add_keyring()}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_THAT(refused.error().message, HasSubstr("unlocks this store already"));
    EXPECT_NE(refused.error().hint, "");
  }
  EXPECT_EQ(keyring.items().size(), 1U);
}

TEST_F(UnlockMethodsTest, WhatIsNotThereIsNeitherChangedNorRemoved) {
  make({});
  const auto vault = open_with_keyring();
  auto unlock = vault->unlock_methods();
  for (const auto& refused :
       {unlock.change_passphrase(Secret("x"), test::quick), unlock.change_keyring()}) {
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("unlocks this store"));
    EXPECT_THAT(refused.error().hint, HasSubstr("store unlock-method add "));
  }
  EXPECT_FALSE(unlock.remove(UnlockMethod::keyring));
  EXPECT_THAT(keyring.items(), IsEmpty());
}

TEST_F(UnlockMethodsTest, AKeyFileIsNeverPutInThePlaceOfAnother) {
  make({UnlockMethod::passphrase});
  const auto vault = place.open(saying("right", Turn::first));
  const std::string before = *read_file(place.location.key_file, 4096);
  ASSERT_TRUE((*vault)->unlock_methods().remove(UnlockMethod::key_file));
  const auto refused = (*vault)->unlock_methods().add_key_file();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().hint, HasSubstr("move it away"));
  EXPECT_EQ(*read_file(place.location.key_file, 4096), before);

  fs::remove(place.location.key_file);
  ASSERT_TRUE((*vault)->unlock_methods().add_key_file());
  EXPECT_NE(*read_file(place.location.key_file, 4096), before);
  EXPECT_EQ(opened_by({}), "key file");
}

TEST_F(UnlockMethodsTest, OnlyThePassphraseChangesThePassphrase) {
  make({UnlockMethod::passphrase});
  const auto refused =
      open_with_keyring()->unlock_methods().change_passphrase(Secret("new"), test::quick);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::locked);
  EXPECT_THAT(refused.error().message, HasSubstr("only who knows the passphrase"));
  EXPECT_EQ(opened_by(saying("right", Turn::first)), "passphrase");

  const auto vault = place.open(saying("right", Turn::first));
  ASSERT_TRUE((*vault)->unlock_methods().change_passphrase(Secret("new"), {11, 8, 1}));
  EXPECT_EQ((*vault)->unlock_methods().list()->at(1).scrypt, (crypto::ScryptParameters{11, 8, 1}));
  EXPECT_EQ(opened_by(saying("new", Turn::first)), "passphrase");
  EXPECT_FALSE(place.open(saying("right", Turn::first)));
}

TEST_F(UnlockMethodsTest, AnEmptyPassphraseIsRefused) {
  make({});
  const auto refused = open_with_keyring()->unlock_methods().add_passphrase(Secret(), test::quick);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_THAT(methods(), ElementsAre("key file"));
}

TEST_F(UnlockMethodsTest, TheKeyringGetsAnotherKey) {
  make({UnlockMethod::keyring});
  const auto before = keyring.items().begin()->first;
  ASSERT_TRUE(open_with_keyring()->unlock_methods().change_keyring());
  ASSERT_EQ(keyring.items().size(), 1U);
  EXPECT_NE(keyring.items().begin()->first, before);
  fs::remove(place.location.key_file);
  EXPECT_EQ(opened_by({.keyring = &keyring}), "keyring");
}

TEST_F(UnlockMethodsTest, WithoutAKeyringNoneIsAddedOrChangedAndTheRowIsRemovedAllTheSame) {
  make({});
  const auto alone = place.open();
  EXPECT_EQ((*alone)->unlock_methods().add_keyring().error().code, ErrorCode::locked);
  keyring.go_away();
  EXPECT_EQ(open_with_keyring()->unlock_methods().add_keyring().error().code, ErrorCode::locked);
  EXPECT_THAT(methods(), ElementsAre("key file"));
  keyring.come_back();
  const auto vault = open_with_keyring();
  ASSERT_TRUE(vault->unlock_methods().add_keyring());
  keyring.go_away();
  EXPECT_EQ(vault->unlock_methods().change_keyring().error().code, ErrorCode::locked);
  const auto states = vault->unlock_methods().list();
  EXPECT_EQ(states->at(1).opens_here, Opens::no);
  EXPECT_THAT(states->at(1).obstacle, HasSubstr("no keyring answers"));
  EXPECT_EQ(vault->unlock_methods().remove(UnlockMethod::keyring), Leftover::keyring_secret);
  EXPECT_THAT(methods(), ElementsAre("key file"));
}

TEST_F(UnlockMethodsTest, AReadOnlyStoreKeepsThemAndNoKeyFileIsLeftBehind) {
  make({UnlockMethod::passphrase});
  {
    const auto vault = place.open(saying("right", Turn::first));
    ASSERT_TRUE((*vault)->unlock_methods().remove(UnlockMethod::key_file));
    fs::remove(place.location.key_file);
  }
  fs::permissions(place.location.database, fs::perms(0400));
  fs::permissions(place.location.database.parent_path(), fs::perms(0500));
  EXPECT_TRUE(test::run_as_ordinary_user(place.dir.path(), [&] {
    const auto vault = place.open(saying("right"));
    if (!vault) return false;
    const auto refused = (*vault)->unlock_methods().add_key_file();
    return !refused && refused.error().message.find("is read-only") != std::string::npos &&
           !has_key_file();
  }));
}

}  // namespace
}  // namespace applink::store
