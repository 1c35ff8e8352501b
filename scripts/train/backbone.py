"""The ResNet that sees the image: torchvision's layout (v1.5 bottlenecks), stages 1 to 3, no head."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

# Channels behind stage 3, at stride 16.
BACKBONE_CHANNELS = 1024


class Bottleneck(nn.Module):
    """1x1, 3x3 (which carries the stride), 1x1 to four times as many channels, and the shortcut."""

    def __init__(self, channels: int, inner: int, stride: int, downsample: bool) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, inner, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(inner)
        self.conv2 = nn.Conv2d(inner, inner, 3, stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(inner)
        self.conv3 = nn.Conv2d(inner, inner * 4, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(inner * 4)
        self.downsample = (
            nn.Sequential(
                nn.Conv2d(channels, inner * 4, 1, stride, bias=False), nn.BatchNorm2d(inner * 4)
            )
            if downsample
            else None
        )

    def forward(self, x: Tensor) -> Tensor:
        """[N, channels, H, W] -> [N, 4 inner, H / stride, W / stride]"""
        shortcut = x if self.downsample is None else self.downsample(x)
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = F.relu(self.bn2(self.conv2(y)), inplace=True)
        return F.relu(self.bn3(self.conv3(y)) + shortcut, inplace=True)


class Backbone(nn.Module):
    """conv1, BatchNorm, ReLU, max pool, three stages of bottlenecks."""

    def __init__(self, blocks: tuple[int, int, int]) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.layer1 = _stage(64, 64, blocks[0], stride=1)
        self.layer2 = _stage(256, 128, blocks[1], stride=2)
        self.layer3 = _stage(512, 256, blocks[2], stride=2)

    def forward(self, pixels: Tensor) -> Tensor:
        """[N, 3, S, S], -1 to 1 -> [N, 1024, S / 16, S / 16]"""
        x = F.relu(self.bn1(self.conv1(pixels)), inplace=True)
        x = F.max_pool2d(x, 3, stride=2, padding=1)
        return self.layer3(self.layer2(self.layer1(x)))


def _stage(channels: int, inner: int, blocks: int, stride: int) -> nn.Sequential:
    first = Bottleneck(channels, inner, stride, downsample=True)
    others = [Bottleneck(inner * 4, inner, 1, downsample=False) for _ in range(blocks - 1)]
    return nn.Sequential(first, *others)
