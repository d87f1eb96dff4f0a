"""STORAGE_URL: a bucket, files when it is not set, and a sentence for what is neither."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from newsroom.environment import picture_storage


def options(url: str) -> dict[str, object]:
    entry = picture_storage(url)
    assert entry["BACKEND"] == "storages.backends.s3.S3Storage"
    return entry["OPTIONS"]


def test_not_set_means_files():
    assert "FileSystemStorage" in picture_storage("")["BACKEND"]


def test_a_bucket_with_its_key_folder_and_region():
    found = options("s3://AKIA:se%2Fcret%2B@photos/paper/2026?region=ap-southeast-1")
    assert found["bucket_name"] == "photos"
    assert (found["access_key"], found["secret_key"]) == ("AKIA", "se/cret+")
    assert (found["location"], found["region_name"]) == ("paper/2026", "ap-southeast-1")
    assert found["endpoint_url"] is None


def test_another_makers_s3():
    found = options("s3://key:secret@photos?endpoint=https://s3.example:9000")
    assert found["endpoint_url"] == "https://s3.example:9000"
    assert found["location"] == ""


def test_without_a_key_the_machines_own_role_is_used():
    found = options("s3://photos")
    assert found["access_key"] is found["secret_key"] is None


def test_an_unsafe_endpoint_is_allowed_on_this_machine_only():
    assert options("s3://a:b@c?endpoint=http://127.0.0.1:9000")["endpoint_url"]
    with pytest.raises(ImproperlyConfigured, match="https"):
        picture_storage("s3://a:b@c?endpoint=http://s3.example")


@pytest.mark.parametrize(
    "url",
    [
        "gs://bucket",
        "/var/uploads",
        "s3://",
        "s3:///folder",
        "s3://key:secret@bucket?colour=red",
        "s3://key:first/second@bucket",
        "https://key:secret@bucket",
        "nonsense",
    ],
)
def test_what_is_no_address_is_refused_without_telling_the_secret(url):
    with pytest.raises(ImproperlyConfigured, match="s3://key:secret@bucket") as refused:
        picture_storage(url)
    assert "first" not in str(refused.value)


@given(st.text(max_size=60))
def test_anything_else_is_refused_with_a_sentence(text):
    with pytest.raises(ImproperlyConfigured, match="s3://key:secret@bucket"):
        picture_storage(f"x{text}")
