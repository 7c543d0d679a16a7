"""A graph as GraphML, node by node and edge by edge.

Source: GraphML 1.0 (graphml.graphdrawing.org). Every attribute is declared with its type, so that
Gephi, networkx and igraph read numbers as numbers. A character that XML 1.0 does not allow is
written as U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lxml import etree

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Kind = Literal["string", "int", "boolean"]
Columns = Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """From `source` to `target`; values that are None are left out."""

    id: str
    source: str
    target: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed graph that may have several edges between two nodes."""

    name: str
    node_columns: Columns
    edge_columns: Columns
    nodes: Iterable[Node]
    edges: Iterable[Edge]


def write_graph(graph: Graph, path: Path) -> None:
    """Write a graph to a file, one node or edge in memory at a time."""
    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        with out.element("graphml", xmlns=_SPACE):
            out.write("\n")
            for place, columns in (("node", graph.node_columns), ("edge", graph.edge_columns)):
                for name, kind in columns.items():
                    key = {"id": f"{place}_{name}", "for": place, "attr.name": name}
                    out.write(etree.Element("key", {**key, "attr.type": kind}), "\n")
            with out.element("graph", id=graph.name, edgedefault="directed"):
                out.write("\n")
                for node in graph.nodes:
                    out.write(_element("node", {"id": plain(node.id)}, node.values), "\n")
                for edge in graph.edges:
                    ends = {"source": plain(edge.source), "target": plain(edge.target)}
                    out.write(_element("edge", {"id": edge.id, **ends}, edge.values), "\n")
            out.write("\n")


def plain(text: str) -> str:
    """A text without the characters that XML 1.0 does not allow."""
    return _NOT_XML.sub("\ufffd", text)


def _element(tag: str, attributes: dict[str, str], values: Mapping[str, Any]) -> etree._Element:
    element = etree.Element(tag, attributes)
    for name, value in values.items():
        if value is not None:
            data = etree.SubElement(element, "data", key=f"{tag}_{name}")
            data.text = str(value).lower() if isinstance(value, bool) else plain(str(value))
    return element
