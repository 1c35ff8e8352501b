"""Writes a checkpoint again as fairseq does, with torch.save itself; standard input says from where, to where, and how."""

import argparse
import json
import sys

import numpy
import torch

job = json.load(sys.stdin)
dtype = getattr(torch, job["format"])
rounded = {}


def tensor(value):
    """The value in the wanted format, shared storages still shared."""
    if not value.is_floating_point() or dtype == torch.float32:
        return value
    key = value.data_ptr()
    if key not in rounded:
        rounded[key] = value.to(dtype)
    return rounded[key]


state = torch.load(job["from"])
torch.save(
    {
        "args": argparse.Namespace(arch="ofa_tiny", lr=[0.1], seed=None),
        "model": {job["names"][key]: tensor(value) for key, value in state.items()},
        "extra_state": {"best": numpy.float64(0.5), "epoch": 3},
        "last_optimizer_state": {"state": {0: {"step": 7, "exp_avg": torch.zeros(3)}}},
    },
    job["to"],
    _use_new_zipfile_serialization=not job["legacy"],
)
