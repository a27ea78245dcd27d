"""The bucket in which whole recordings lie, if an operator has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from classroom.errors import Misfit
from classroom.settings import Settings

Said = tuple[Literal["well", "look", "wrong"], str]

if TYPE_CHECKING:
    from classroom.blobs.far_recordings import FarRecordings

MISSING = (
    "CLASSROOM_RECORDINGS_URL needs a package that speaks S3, which is not installed. "
    'Run "pip install classroom[s3]".'
)


def bucket_of(settings: Settings) -> FarRecordings | None:
    """As the settings say; None when recordings stay in the data folder. Misfit."""
    if not settings.recordings_url:
        return None
    try:
        from classroom.blobs.far_recordings import Bucket, FarRecordings
    except ImportError:
        raise Misfit(MISSING) from None
    return FarRecordings(
        Bucket(
            settings.recordings_url,
            settings.recordings_s3_endpoint,
            settings.recordings_s3_region,
            settings.recordings_s3_key,
            settings.recordings_s3_secret.get_secret_value(),
        )
    )


async def bucket_says(settings: Settings) -> list[Said]:
    """For `doctor`: whether one gets into the bucket. Changes nothing."""
    try:
        bucket = bucket_of(settings)
        if bucket is None:
            return []
        await bucket.check()
    except Misfit as misfit:
        return [("wrong", str(misfit))]
    except OSError:
        return [
            (
                "wrong",
                f"The bucket {settings.recordings_url} does not answer, or does not let this "
                "server in. Recordings stay in the data folder until it does: look at "
                "CLASSROOM_RECORDINGS_S3_ENDPOINT, _REGION, _KEY and _SECRET.",
            )
        ]
    return [("well", f"Whole recordings go to {settings.recordings_url}.")]
