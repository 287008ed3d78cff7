# Written by `make openapi` from openapi.json; do not edit.
"""What may go wrong. Every code of the API is a class below that of its status."""

from yizhan_client.errors.base import *
from yizhan_client.errors.of_400 import *
from yizhan_client.errors.of_401 import *
from yizhan_client.errors.of_403 import *
from yizhan_client.errors.of_404 import *
from yizhan_client.errors.of_409 import *
from yizhan_client.errors.of_412 import *
from yizhan_client.errors.of_413 import *
from yizhan_client.errors.of_422 import *
from yizhan_client.errors.of_429 import *
from yizhan_client.errors.of_503 import *
