//! The program of `examples/` does what it says, on the real images and on its own.
#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

#[expect(dead_code, reason = "the files alone are wanted, not what they hold")]
mod support;

/// The four lines that it prints.
fn said(files: &[String]) -> [String; 4] {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--locked", "--example", "first_steps", "--"])
        .args(files)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    lines.try_into().unwrap()
}

fn holds([trained, stepped, back, checked]: [String; 4]) {
    assert!(trained.starts_with("after 100 steps the loss is "), "{trained}");
    let (_, weights) = stepped.split_once("the weights ").unwrap();
    let (before, after) = weights.split_once(" are now ").unwrap();
    assert_ne!(before, after);
    assert_eq!(back, format!("back at step 100, the weights are {before}"));
    assert!(checked.ends_with(" agree and 0 differ") && !checked.contains(" 0 agree"), "{checked}");
}

#[test]
fn it_trains_steps_goes_back_and_checks_gradients_on_images_of_its_own() {
    holds(said(&[]));
}

#[test]
fn it_does_so_on_fashion_mnist() {
    let folder = std::env::temp_dir().join(format!("atelier-first-steps-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let files = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"].map(|name| {
        let file = folder.join(name);
        std::fs::write(&file, support::asset(&format!("fashion-mnist/{name}.gz"))).unwrap();
        file.to_str().unwrap().to_owned()
    });
    let said = said(&files);
    std::fs::remove_dir_all(&folder).unwrap();
    holds(said);
}
