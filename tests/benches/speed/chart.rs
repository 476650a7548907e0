//! Draws the measured times as a chart.

use std::error::Error;
use std::path::Path;

use ddb_benches::measure::Measured;
use plotters::prelude::*;

const WIDTH: u32 = 860;
const BAR: u32 = 26;
const TITLE: u32 = 34;
/// The horizontal position where the bars begin, to the right of their names.
const LEFT: u32 = 400;

/// Grey, which is readable on white and on black.
const TEXT: RGBColor = RGBColor(128, 128, 128);
const OURS: RGBColor = RGBColor(222, 110, 40);
const THEIRS: RGBColor = RGBColor(110, 140, 180);
const FLOOR: RGBColor = RGBColor(160, 160, 160);

/// Draws a panel for each measurement, with a bar for each contender. Each panel has its own scale.
pub fn draw(file: &Path, panels: &[(&str, Vec<Measured>)]) -> Result<(), Box<dyn Error>> {
    let height: u32 = panels.iter().map(|(_, bars)| TITLE + count_bars(bars) * BAR + BAR / 2).sum();
    let root = SVGBackend::new(file, (WIDTH, height)).into_drawing_area();
    let text = |size: u32| ("sans-serif", size).into_font().color(&TEXT);
    let mut top = 0;
    for (title, measured) in panels {
        root.draw(&Text::new(*title, (at(8), at(top + 10)), text(17)))?;
        top += TITLE;
        let longest = measured.iter().map(|measured| measured.nanoseconds).fold(0.0, f64::max);
        for contender in measured {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of the width"
            )]
            let length = (contender.nanoseconds / longest * f64::from(WIDTH - LEFT - 110)) as u32;
            let color = match contender.name {
                name if name.starts_with("ddb-core") => OURS,
                name if name.starts_with("floor") => FLOOR,
                _ => THEIRS,
            };
            root.draw(&Text::new(contender.name, (at(20), at(top + 4)), text(14)))?;
            let corners = [(at(LEFT), at(top + 2)), (at(LEFT + length.max(1)), at(top + BAR - 4))];
            root.draw(&Rectangle::new(corners, color.filled()))?;
            let time = contender.format_time();
            root.draw(&Text::new(
                time.trim().to_owned(),
                (at(LEFT + length + 8), at(top + 4)),
                text(14),
            ))?;
            top += BAR;
        }
        top += BAR / 2;
    }
    root.present()?;
    Ok(())
}

fn count_bars(bars: &[Measured]) -> u32 {
    u32::try_from(bars.len()).unwrap_or(u32::MAX)
}

fn at(pixels: u32) -> i32 {
    i32::try_from(pixels).unwrap_or(i32::MAX)
}
