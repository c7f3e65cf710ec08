"""Checks local AWS with unmodified boto3, from another language than the project's own.

    npm run local-aws            # in another terminal
    AWS_ENDPOINT_URL=http://127.0.0.1:4566 python3 test/compat/boto3_check.py

It calls every operation that local AWS serves, and has them refuse, and asserts the exception's class, message, request id
and HTTP status. It resets local AWS first and last: everything made there by hand is lost.
"""

import base64
import json
import os
import re
import urllib.request
from datetime import datetime, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = os.environ["AWS_ENDPOINT_URL"]
for name, value in {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": "us-east-1",
}.items():
    os.environ.setdefault(name, value)

once = Config(retries={"total_max_attempts": 1})
rekognition = boto3.client("rekognition", config=once)
identitystore = boto3.client("identitystore", config=once)
chime = boto3.client("chime", config=once)
chime_sdk_identity = boto3.client("chime-sdk-identity", config=once)

clients = [rekognition, identitystore, chime, chime_sdk_identity]
succeeded = set()


def note(service):
    def after_call(http_response, model, **_):
        if http_response.status_code < 300:
            succeeded.add(f"{service} {model.name}")

    return after_call


for client in clients:
    service = client.meta.service_model.service_name
    client.meta.events.register(f"after-call.{client.meta.service_model.service_id.hyphenize()}", note(service))

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
checks = 0


def admin(path, method="POST", body=None):
    request = urllib.request.Request(
        f"{endpoint}/_local-aws/{path}",
        method=method,
        data=json.dumps(body if body is not None else {}).encode() if method == "POST" else None,
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def same(actual, expected):
    global checks
    if isinstance(actual, dict):
        actual = {key: value for key, value in actual.items() if key != "ResponseMetadata"}
    assert actual == expected, f"\n  got      {actual!r}\n  expected {expected!r}"
    checks += 1


def succeeds(answer, status=200):
    metadata = answer["ResponseMetadata"]
    same((metadata["HTTPStatusCode"], bool(UUID.fullmatch(metadata["RequestId"]))), (status, True))
    return answer


def refused(call, exception, message, status, raised=None, **members):
    """boto3 raises a class of its own for each exception that AWS declares, and ClientError for others."""
    try:
        call()
    except ClientError as error:
        answer = error.response
        same(
            (type(error).__name__, answer["Error"]["Code"], answer["Error"]["Message"]),
            (raised or exception, exception, message),
        )
        metadata = answer["ResponseMetadata"]
        same((metadata["HTTPStatusCode"], bool(UUID.fullmatch(metadata["RequestId"]))), (status, True))
        for member, value in members.items():
            same(answer.get(member, answer["Error"].get(member)), value)
    else:
        raise AssertionError(f"expected {exception}")


def check_rekognition():
    c = rekognition
    made = succeeds(c.create_collection(CollectionId="guests"))
    arn = "arn:aws:rekognition:us-east-1:123456789012:collection/guests"
    # AWS leaves out how an ARN begins, here alone.
    same(made, {"StatusCode": 200, "CollectionArn": arn[len("arn:") :], "FaceModelVersion": "7.0"})
    refused(
        lambda: c.create_collection(CollectionId="guests"),
        "ResourceAlreadyExistsException",
        "The collection id: guests already exists.",
        400,
    )
    same(
        succeeds(c.list_collections()),
        {"CollectionIds": ["employees", "contractors", "guests"], "FaceModelVersions": ["7.0"] * 3},
    )
    same(succeeds(c.create_user(CollectionId="guests", UserId="eve", ClientRequestToken="t")), {})
    same(succeeds(c.create_user(CollectionId="guests", UserId="eve", ClientRequestToken="t")), {})
    refused(
        lambda: c.create_user(CollectionId="guests", UserId="other", ClientRequestToken="t"),
        "IdempotentParameterMismatchException",
        "The ClientRequestToken: t you have supplied is already in use.",
        400,
    )
    refused(
        lambda: c.create_user(CollectionId="guests", UserId="eve"),
        "ConflictException",
        "The user id: eve already exists",
        400,
    )
    refused(
        lambda: c.create_user(CollectionId="a b", UserId="a b"),
        "ValidationException",
        "2 validation errors detected: Value 'a b' at 'collectionId' failed to satisfy constraint: Member must"
        r" satisfy regular expression pattern: [a-zA-Z0-9_.\-]+; Value 'a b' at 'userId' failed to satisfy"
        r" constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.\-:]+",
        400,
        raised="ClientError",
    )
    described = succeeds(c.describe_collection(CollectionId="guests"))
    created = described.pop("CreationTimestamp")
    assert abs((datetime.now(timezone.utc) - created).total_seconds()) < 60, created
    same(described, {"FaceCount": 0, "UserCount": 1, "FaceModelVersion": "7.0", "CollectionARN": arn})
    pages = c.get_paginator("list_users").paginate(CollectionId="employees", PaginationConfig={"PageSize": 2})
    same([[user["UserId"] for user in page["Users"]] for page in pages], [["ada", "grace"], ["alan"]])
    refused(
        lambda: c.list_users(CollectionId="employees", NextToken="bad"),
        "InvalidPaginationTokenException",
        "Invalid Pagination Token",
        400,
    )
    same(succeeds(c.delete_user(CollectionId="guests", UserId="eve")), {})
    refused(
        lambda: c.delete_user(CollectionId="guests", UserId="eve"),
        "ResourceNotFoundException",
        "The user id: eve does not exist",
        400,
    )
    same(succeeds(c.delete_collection(CollectionId="guests")), {"StatusCode": 200})
    refused(
        lambda: c.describe_collection(CollectionId="guests"),
        "ResourceNotFoundException",
        "Collection:guests not found!",
        400,
    )


# The demo world's picture of Grace, and one with two people whom it has not.
GRACE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAFAAAABQAQAAAACmas8AAAAAFElEQVR42mMwhgOGUeYoc5RJWyYAAH6fYYhrqywAAAAASUVORK5CYII="
)
NEWCOMERS = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAKAAAABQAQAAAAC2JkOZAAAAG0lEQVR42mPgxwIYRgVHBUcFRwVHBUcF6SsIALaNXcGLCm4aAAAAAElFTkSuQmCC"
)


def check_rekognition_faces():
    c = rekognition
    where = {"CollectionId": "guests"}
    succeeds(c.create_collection(**where))
    succeeds(c.create_user(**where, UserId="eve"))
    indexed = succeeds(c.index_faces(**where, Image={"Bytes": NEWCOMERS}, ExternalImageId="two", MaxFaces=1))
    [record], [unindexed] = indexed["FaceRecords"], indexed["UnindexedFaces"]
    same((record["Face"]["ExternalImageId"], unindexed["Reasons"]), ("two", ["EXCEEDS_MAX_FACES"]))
    face = record["Face"]["FaceId"]
    [listed] = succeeds(c.list_faces(**where))["Faces"]
    same((listed["FaceId"], listed["ImageId"]), (face, record["Face"]["ImageId"]))
    eve = {**where, "UserId": "eve"}
    associated = succeeds(c.associate_faces(**eve, FaceIds=[face, "00000000-0000-4000-8000-000000000000"]))
    same([each["FaceId"] for each in associated["AssociatedFaces"]], [face])
    same(
        associated["UnsuccessfulFaceAssociations"],
        [{"FaceId": "00000000-0000-4000-8000-000000000000", "Reasons": ["FACE_NOT_FOUND"]}],
    )
    same(associated["UserStatus"], "UPDATING")
    same([each["UserId"] for each in succeeds(c.list_faces(**eve))["Faces"]], ["eve"])
    by_image = succeeds(c.search_users_by_image(**where, Image={"Bytes": NEWCOMERS}))
    same([each["User"]["UserId"] for each in by_image["UserMatches"]], ["eve"])
    same(succeeds(c.search_users_by_image(**where, Image={"Bytes": GRACE}))["UserMatches"], [])
    by_face = succeeds(c.search_users(**where, FaceId=face))
    same([each["User"]["UserId"] for each in by_face["UserMatches"]], ["eve"])
    found = succeeds(c.search_faces_by_image(**where, Image={"Bytes": NEWCOMERS}))
    same([each["Face"]["FaceId"] for each in found["FaceMatches"]], [face])
    # A face is not among its own matches.
    same(succeeds(c.search_faces(**where, FaceId=face))["FaceMatches"], [])
    refused(
        lambda: c.index_faces(**where, Image={"Bytes": b"This is no picture."}),
        "InvalidImageFormatException",
        "Request has invalid image format",
        400,
    )
    kept = succeeds(c.delete_faces(**where, FaceIds=[face]))
    same(
        kept["UnsuccessfulFaceDeletions"],
        [{"FaceId": face, "Reasons": ["ASSOCIATED_TO_AN_EXISTING_USER"], "UserId": "eve"}],
    )
    freed = succeeds(c.disassociate_faces(**eve, FaceIds=[face]))
    same([each["FaceId"] for each in freed["DisassociatedFaces"]], [face])
    same(succeeds(c.delete_faces(**where, FaceIds=[face]))["DeletedFaces"], [face])
    succeeds(c.delete_collection(**where))


def check_terraform_life_cycle():
    """The calls of Terraform's aws_rekognition_collection: create, refresh, change the tags, destroy."""
    c = rekognition
    name = {"CollectionId": "from-terraform"}
    succeeds(c.create_collection(**name, Tags={"team": "front", "stage": "test"}))
    for tags, gone in [({"team": "back", "owner": "ada"}, ["stage"]), ({}, ["team", "owner"])]:
        described = succeeds(c.describe_collection(**name))
        same(described["CollectionARN"], "arn:aws:rekognition:us-east-1:123456789012:collection/from-terraform")
        arn = {"ResourceArn": described["CollectionARN"]}
        before = succeeds(c.list_tags_for_resource(**arn))["Tags"]
        same(succeeds(c.untag_resource(**arn, TagKeys=gone)), {})
        if tags:
            same(succeeds(c.tag_resource(**arn, Tags=tags)), {})
        kept = {key: value for key, value in before.items() if key not in gone}
        same(succeeds(c.list_tags_for_resource(**arn))["Tags"], {**kept, **tags})
    same(before, {"team": "back", "owner": "ada"})
    succeeds(c.delete_collection(**name))
    refused(
        lambda: c.describe_collection(**name),
        "ResourceNotFoundException",
        "Collection:from-terraform not found!",
        400,
    )
    refused(
        lambda: c.list_tags_for_resource(**arn),
        "ResourceNotFoundException",
        f"The resource: {arn['ResourceArn']} does not exist",
        400,
    )


def check_presigned():
    """A URL that carries its own signature."""
    url = chime.generate_presigned_url("list_accounts", Params={"Name": "Demo Enterprise"})
    with urllib.request.urlopen(url) as response:
        same([account["Name"] for account in json.load(response)["Accounts"]], ["Demo Enterprise"])


def check_identity_store():
    c = identitystore
    store = "d-9067012345"
    barbara = {
        "IdentityStoreId": store,
        "UserName": "barbara",
        "DisplayName": "Barbara Liskov",
        "Name": {"GivenName": "Barbara", "FamilyName": "Liskov"},
        "Emails": [{"Value": "barbara@example.com", "Primary": True}],
    }
    made = succeeds(c.create_user(**barbara))
    user = made["UserId"]
    assert UUID.fullmatch(user), user
    described = succeeds(c.describe_user(IdentityStoreId=store, UserId=user))
    assert isinstance(described["CreatedAt"], datetime), described
    same({key: described[key] for key in barbara}, barbara)
    same(described["UserStatus"], "ENABLED")
    duplicate = {"Reason": "UNIQUENESS_CONSTRAINT_VIOLATION"}
    refused(lambda: c.create_user(**barbara), "ConflictException", "Duplicate UserName", 400, **duplicate)
    refused(
        lambda: c.create_user(**{**barbara, "UserName": "other"}),
        "ConflictException",
        "Duplicate Email",
        400,
        **duplicate,
    )
    refused(
        lambda: c.create_user(IdentityStoreId=store, UserName="Administrator"),
        "ValidationException",
        "The userName is a reserved name and cannot be used",
        400,
    )
    refused(
        lambda: c.create_user(**{**barbara, "UserName": "a b"}),
        "ValidationException",
        "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must satisfy"
        r" regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+",
        400,
    )
    refused(
        lambda: c.list_users(IdentityStoreId="d-0000000000"),
        "ResourceNotFoundException",
        "IdentityStore not present for IdentityStoreId: d-0000000000",
        400,
        ResourceType="IDENTITY_STORE",
        ResourceId="d-0000000000",
    )
    by_email = {"UniqueAttribute": {"AttributePath": "emails.value", "AttributeValue": "barbara@example.com"}}
    found = succeeds(c.get_user_id(IdentityStoreId=store, AlternateIdentifier=by_email))
    same(found, {"IdentityStoreId": store, "UserId": user})
    pages = c.get_paginator("list_users").paginate(IdentityStoreId=store, PaginationConfig={"PageSize": 3})
    names = [[each["UserName"] for each in page["Users"]] for page in pages]
    same(names, [["ada", "grace", "alan"], ["barbara"]])
    same(succeeds(c.delete_user(IdentityStoreId=store, UserId=user)), {})
    refused(
        lambda: c.delete_user(IdentityStoreId=store, UserId=user),
        "ResourceNotFoundException",
        "USER not found.",
        400,
        ResourceType="USER",
        ResourceId=user,
    )


def check_identity_store_groups():
    c = identitystore
    store = {"IdentityStoreId": "d-9067012345"}
    barbara = {
        "UserName": "barbara",
        "DisplayName": "Barbara",
        "Title": "Professor",
        "Name": {"GivenName": "Barbara", "FamilyName": "Liskov"},
    }
    user = succeeds(c.create_user(**store, **barbara))["UserId"]
    operations = [{"AttributePath": "displayName", "AttributeValue": "B. Liskov"}, {"AttributePath": "title"}]
    same(succeeds(c.update_user(**store, UserId=user, Operations=operations)), {})
    changed = succeeds(c.describe_user(**store, UserId=user))
    same((changed["DisplayName"], "Title" in changed), ("B. Liskov", False))
    group = succeeds(c.create_group(**store, DisplayName="Turing"))["GroupId"]
    refused(
        lambda: c.create_group(**store, DisplayName="Turing"),
        "ConflictException",
        "Duplicate GroupDisplayName",
        400,
    )
    by_name = {"UniqueAttribute": {"AttributePath": "displayName", "AttributeValue": "Turing"}}
    same(succeeds(c.get_group_id(**store, AlternateIdentifier=by_name))["GroupId"], group)
    described_as = [{"AttributePath": "description", "AttributeValue": "Those who compute"}]
    same(succeeds(c.update_group(**store, GroupId=group, Operations=described_as)), {})
    same(succeeds(c.describe_group(**store, GroupId=group))["Description"], "Those who compute")
    same([each["GroupId"] for each in succeeds(c.list_groups(**store))["Groups"]][-1], group)
    member = {"GroupId": group, "MemberId": {"UserId": user}}
    membership = succeeds(c.create_group_membership(**store, **member))["MembershipId"]
    refused(
        lambda: c.create_group_membership(**store, **member),
        "ConflictException",
        "Member and Group relationship already exists",
        400,
    )
    described = succeeds(c.describe_group_membership(**store, MembershipId=membership))
    same({key: described[key] for key in member}, member)
    same(succeeds(c.get_group_membership_id(**store, **member))["MembershipId"], membership)
    in_group = succeeds(c.list_group_memberships(**store, GroupId=group))["GroupMemberships"]
    same([each["MembershipId"] for each in in_group], [membership])
    of_user = c.get_paginator("list_group_memberships_for_member").paginate(**store, MemberId={"UserId": user})
    same([each["GroupId"] for page in of_user for each in page["GroupMemberships"]], [group])
    asked = {"MemberId": {"UserId": user}, "GroupIds": [group]}
    expected = {"GroupId": group, "MemberId": {"UserId": user}}
    same(succeeds(c.is_member_in_groups(**store, **asked))["Results"], [{**expected, "MembershipExists": True}])
    same(succeeds(c.delete_group_membership(**store, MembershipId=membership)), {})
    same(succeeds(c.is_member_in_groups(**store, **asked))["Results"], [{**expected, "MembershipExists": False}])
    # Who is deleted leaves their groups.
    succeeds(c.create_group_membership(**store, **member))
    succeeds(c.delete_user(**store, UserId=user))
    same(succeeds(c.list_group_memberships(**store, GroupId=group))["GroupMemberships"], [])
    same(succeeds(c.delete_group(**store, GroupId=group)), {})
    refused(
        lambda: c.describe_group(**store, GroupId=group),
        "ResourceNotFoundException",
        "GROUP not found.",
        400,
        ResourceType="GROUP",
        ResourceId=group,
    )


def check_chime():
    c = chime
    account = succeeds(c.create_account(Name="Front"), 201)["Account"]
    assert isinstance(account["CreatedTimestamp"], datetime), account
    same(succeeds(c.get_account(AccountId=account["AccountId"]))["Account"], account)
    same([each["Name"] for each in succeeds(c.list_accounts(Name="F"))["Accounts"]], ["Front"])
    missing = ("NotFoundException", "Unable to find the requested identifier", 404)
    refused(lambda: c.get_account(AccountId="nowhere"), *missing)
    wanted = {"AccountId": account["AccountId"], "Email": "barbara@example.com"}
    user = succeeds(c.create_user(**wanted, Username="Barbara"), 201)["User"]
    assert isinstance(user["InvitedOn"], datetime), user
    same((user["UserInvitationStatus"], user["UserRegistrationStatus"]), ("Pending", "Unregistered"))
    same(succeeds(c.get_user(AccountId=account["AccountId"], UserId=user["UserId"]))["User"], user)
    refused(
        lambda: c.create_user(**wanted),
        "ConflictException",
        "Request could not be completed due to a conflict",
        409,
    )
    refused(
        lambda: c.create_user(AccountId=account["AccountId"], Email="nobody"),
        "BadRequestException",
        "1 validation error detected: Value at 'email' failed to satisfy constraint: Member must satisfy"
        r" regular expression pattern: .+@.+\..+",
        400,
    )
    refused(lambda: c.get_user(AccountId=account["AccountId"], UserId="x/../y"), *missing)
    same(succeeds(c.list_users(AccountId=account["AccountId"], UserEmail="BARBARA@example.com"))["Users"], [user])
    same(succeeds(c.list_users(AccountId=account["AccountId"], UserType="SharedDevice"))["Users"], [])


def check_chime_batches():
    c = chime
    account = succeeds(c.create_account(Name="Batches"), 201)["Account"]
    where = {"AccountId": account["AccountId"]}
    invited = succeeds(c.invite_users(**where, UserEmailList=["a@example.com", "b@example.com"]), 201)["Invites"]
    same([each["EmailAddress"] for each in invited], ["a@example.com", "b@example.com"])
    users = [each["UserId"] for each in succeeds(c.list_users(**where))["Users"]]
    same(len(users), 2)
    nobody = "00000000-0000-4000-8000-000000000000"
    items = [{"UserId": each, "LicenseType": "Basic"} for each in [*users, nobody]]
    failed = succeeds(c.batch_update_user(**where, UpdateUserRequestItems=items))["UserErrors"]
    same([(each["UserId"], each["ErrorCode"]) for each in failed], [(nobody, "NotFound")])
    same([each["LicenseType"] for each in succeeds(c.list_users(**where))["Users"]], ["Basic", "Basic"])
    refused(
        lambda: c.batch_unsuspend_user(**where, UserIdList=users),
        "ForbiddenException",
        "Chime Account provided is not an Enterprise Chime Account[AWS Account ID: 123456789012]"
        f"[Chime Account ID: {where['AccountId']}]",
        403,
    )
    pro = {**where, "UserId": users[0]}
    same(succeeds(c.update_user(**pro, LicenseType="Pro"))["User"], {"UserId": users[0]})
    same(succeeds(c.get_user(**pro))["User"]["LicenseType"], "Pro")
    settings = {"Telephony": {"InboundCalling": True, "OutboundCalling": True, "SMS": False}}
    succeeds(c.update_user_settings(**pro, UserSettings=settings), 204)
    same(succeeds(c.get_user_settings(**pro))["UserSettings"], settings)
    succeeds(c.logout_user(**pro), 204)
    pin = succeeds(c.get_user(**pro))["User"]["PersonalPIN"]
    assert succeeds(c.reset_personal_pin(**pro))["User"]["PersonalPIN"] != pin
    phone = "+12065550100"
    succeeds(c.associate_phone_number_with_user(**pro, E164PhoneNumber=phone))
    same(succeeds(c.get_user(**pro))["User"]["PrimaryProvisionedNumber"], phone)
    succeeds(c.disassociate_phone_number_from_user(**pro))
    assert "PrimaryProvisionedNumber" not in succeeds(c.get_user(**pro))["User"]
    same(succeeds(c.update_account(**where, Name="Renamed"))["Account"]["Name"], "Renamed")
    # In a Team account, who is suspended is gone from it.
    same(succeeds(c.batch_suspend_user(**where, UserIdList=users))["UserErrors"], [])
    same(succeeds(c.list_users(**where))["Users"], [])
    succeeds(c.delete_account(**where), 204)
    # An Enterprise account, which nothing makes but the demo world, keeps them.
    [enterprise] = succeeds(c.list_accounts(Name="Demo Enterprise"))["Accounts"]
    there = {"AccountId": enterprise["AccountId"]}
    [dorothy] = succeeds(c.list_users(**there, UserEmail="dorothy@example.com"))["Users"]
    same(dorothy["UserRegistrationStatus"], "Suspended")
    same(succeeds(c.batch_unsuspend_user(**there, UserIdList=[dorothy["UserId"]]))["UserErrors"], [])
    again = succeeds(c.get_user(**there, UserId=dorothy["UserId"]))["User"]
    same(again["UserRegistrationStatus"], "Registered")


def check_chime_sdk_identity():
    c = chime_sdk_identity
    token = {"ClientRequestToken": "once"}
    arn = succeeds(c.create_app_instance(Name="Front", **token), 201)["AppInstanceArn"]
    same(c.create_app_instance(Name="Front", **token)["AppInstanceArn"], arn)
    conflict = ("ConflictException", "Request could not be completed due to a conflict", 409)
    refused(lambda: c.create_app_instance(Name="Back", **token), *conflict)
    instance = succeeds(c.describe_app_instance(AppInstanceArn=arn))["AppInstance"]
    assert isinstance(instance["CreatedTimestamp"], datetime), instance
    same(instance["Name"], "Front")
    wanted = {"AppInstanceArn": arn, "AppInstanceUserId": "barbara", "Name": "Barbara"}
    user = succeeds(c.create_app_instance_user(**wanted, ClientRequestToken="t1"), 201)["AppInstanceUserArn"]
    same(user, f"{arn}/user/barbara")
    same(succeeds(c.create_app_instance_user(**wanted, ClientRequestToken="t2"), 201)["AppInstanceUserArn"], user)
    refused(lambda: c.create_app_instance_user(**{**wanted, "Name": "B"}, ClientRequestToken="t3"), *conflict)
    succeeds(c.update_app_instance_user(AppInstanceUserArn=user, Name="Barbara", Metadata="m"))
    same(
        succeeds(c.list_app_instance_users(AppInstanceArn=arn))["AppInstanceUsers"],
        [{"AppInstanceUserArn": user, "Name": "Barbara", "Metadata": "m"}],
    )
    expiration = {"ExpirationDays": 7, "ExpirationCriterion": "CREATED_TIMESTAMP"}
    settings = {"AppInstanceUserArn": user, "ExpirationSettings": expiration}
    same(succeeds(c.put_app_instance_user_expiration_settings(**settings)), settings)
    described = succeeds(c.describe_app_instance_user(AppInstanceUserArn=user))["AppInstanceUser"]
    same(described["ExpirationSettings"], expiration)
    succeeds(c.update_app_instance(AppInstanceArn=arn, Name="Back", Metadata=""))
    same(succeeds(c.describe_app_instance(AppInstanceArn=arn))["AppInstance"]["Name"], "Back")
    admin = {"AppInstanceArn": arn, "AppInstanceAdminArn": user}
    made = succeeds(c.create_app_instance_admin(**admin), 201)["AppInstanceAdmin"]
    same(made, {"Arn": user, "Name": "Barbara"})
    refused(lambda: c.create_app_instance_admin(**admin), *conflict)
    same(succeeds(c.describe_app_instance_admin(**admin))["AppInstanceAdmin"]["Admin"], made)
    same(succeeds(c.list_app_instance_admins(AppInstanceArn=arn))["AppInstanceAdmins"], [{"Admin": made}])
    succeeds(c.delete_app_instance_admin(**admin), 204)
    succeeds(c.delete_app_instance_user(AppInstanceUserArn=user), 204)
    refused(
        lambda: c.describe_app_instance_user(AppInstanceUserArn=user),
        "ForbiddenException",
        "An invalid app instance user ARN was supplied for the input parameter.",
        403,
    )
    succeeds(c.delete_app_instance(AppInstanceArn=arn), 204)
    same([each["Name"] for each in succeeds(c.list_app_instances())["AppInstances"]], ["Demo App"])


def check_front():
    """What AWS's front end answers, and injected faults."""
    try:
        rekognition.detect_labels(Image={"Bytes": b""})
    except ClientError as error:
        same(error.response["Error"]["Code"], "UnknownOperationException")
        same(error.response["ResponseMetadata"]["HTTPStatusCode"], 400)
    admin("faults", body={"service": "rekognition", "times": 1, "effect": {"type": "throttle"}})
    refused(rekognition.list_collections, "ThrottlingException", "Service Unavailable", 500)
    admin("faults", body={"service": "chime", "times": 1, "effect": {"type": "throttle"}})
    refused(chime.list_accounts, "ThrottledClientException", "Rate exceeded", 429)
    injected = {"type": "exception", "name": "ServiceQuotaExceededException", "message": "Full"}
    admin("faults", body={"service": "identitystore", "times": 1, "effect": injected})
    refused(
        lambda: identitystore.list_users(IdentityStoreId="d-9067012345"),
        "ServiceQuotaExceededException",
        "Full",
        400,
    )


def served():
    """The operations of botocore's models that local AWS knows: it says so of the others, whatever they are asked."""
    unchecked = once.merge(Config(parameter_validation=False))
    for client in clients:
        model = client.meta.service_model
        asking = boto3.client(model.service_name, config=unchecked)
        for name in model.operation_names:
            shape = model.operation_model(name).input_shape
            members = shape.members if shape else {}
            in_path = {key: "x" for key, member in members.items() if member.serialization.get("location") == "uri"}
            try:
                asking._make_api_call(name, in_path)
            except ClientError as error:
                if error.response["Error"]["Code"] == "UnknownOperationException":
                    continue
            yield f"{model.service_name} {name}"


def check_complete():
    expected = set(served())
    assert len(expected) > 60, expected
    same(sorted(expected - succeeded), [])


admin("reset")
check_rekognition()
check_rekognition_faces()
check_terraform_life_cycle()
check_presigned()
check_identity_store()
check_identity_store_groups()
check_chime()
check_chime_batches()
check_chime_sdk_identity()
check_front()
check_complete()
admin("reset")
print(f"boto3 {boto3.__version__}: {checks} checks passed against {endpoint}")
