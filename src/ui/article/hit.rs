//! Which byte lies at a point of a laid out piece.
//!
//! May use: parley, layout. Invariant: every grapheme edge can be hit, from the clusters on either
//! side of it; points outside count as the nearest on the nearest row. Known limit: where a font
//! splits a grapheme cluster, edges within it come out too, and the caller snaps them.

use parley::{Affinity, Cluster, ClusterSide, Cursor};

use super::layout::Entry;

/// What lies at a point of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The nearest edge between clusters.
    pub edge: usize,
    /// Which side of a break or of a change of direction that edge belongs to.
    pub affinity: Affinity,
    /// First byte of the cluster nearest to the point.
    pub cluster: usize,
    /// Whether the point is on that cluster and not beside the text.
    pub inside: bool,
}

impl Entry {
    /// What lies at a point.
    pub fn hit(&self, x: f32, y: f32) -> Hit {
        let y = y.clamp(0.0, (self.height - 0.5).max(0.0));
        let cursor = Cursor::from_point(&self.layout, x, y);
        let within = |cluster: Cluster<'_, ()>| cluster.text_range().start;
        let exact = Cluster::from_point_exact(&self.layout, x, y).map(|(cluster, _)| within(cluster));
        let near =
            || Cluster::from_point(&self.layout, x, y).map(|(cluster, _): (_, ClusterSide)| within(cluster));
        Hit {
            edge: cursor.index(),
            affinity: cursor.affinity(),
            cluster: exact.or_else(near).unwrap_or(cursor.index()),
            inside: exact.is_some(),
        }
    }

    /// Where the caret stands before a byte: its place and the row's box, as (x, top, bottom).
    pub fn caret(&self, at: usize, affinity: Affinity) -> (f32, f32, f32) {
        let cursor = Cursor::from_byte_index(&self.layout, at, affinity);
        let place = cursor.geometry(&self.layout, 1.0);
        (place.x0 as f32, place.y0 as f32, place.y1 as f32)
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::super::layout::tests::entry;
    use super::*;

    const SAMPLES: [&str; 9] = [
        "The efficient officer's office: naïve — “quoted” 12.5%.",
        "Ένα ελληνικό κείμενο",
        "Съешь ещё этих мягких булок",
        "e\u{301}tude a\u{308}\u{301}b",
        "שלום עולם, 123 מילים",
        "מרחבא abc שלום 123 def",
        "مرحبا بالعالم",
        "👩‍👩‍👧‍👦 and 🇩🇪🇫🇷 and 👍🏽",
        "क्षत्रिय",
    ];

    #[test]
    fn every_grapheme_edge_is_hit_from_the_clusters_beside_it() {
        for words in SAMPLES {
            for width in [2000.0, 90.0] {
                let entry = entry(words, width);
                let mut edges = Vec::new();
                for row in &entry.rows {
                    let y = (row.top + row.bottom) / 2.0;
                    let boxes = &entry.clusters[row.clusters.start as usize..row.clusters.end as usize];
                    for cluster in boxes.iter().filter(|c| c.right > c.left) {
                        let third = (cluster.right - cluster.left) / 3.0;
                        for x in [cluster.left + third, cluster.right - third] {
                            let hit = entry.hit(x, y);
                            assert_eq!(hit.cluster, cluster.start as usize, "{words:?}");
                            assert!(hit.inside);
                            edges.push(hit.edge);
                        }
                    }
                }
                edges.sort_unstable();
                edges.dedup();
                let mut graphemes: Vec<usize> = words.grapheme_indices(true).map(|(i, _)| i).collect();
                graphemes.push(words.len());
                assert_eq!(edges, graphemes, "{words:?} in {width}");
            }
        }
    }

    #[test]
    fn a_caret_is_hit_where_it_stands() {
        for words in &SAMPLES[..4] {
            for width in [2000.0, 120.0] {
                let entry = entry(words, width);
                for (at, _) in words.grapheme_indices(true) {
                    let (x, top, bottom) = entry.caret(at, Affinity::Downstream);
                    assert_eq!(entry.hit(x, (top + bottom) / 2.0).edge, at, "{words:?} at {at}");
                }
            }
        }
    }
}
