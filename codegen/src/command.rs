//! Commands, as one pastes them.

/// A command line one can paste: arguments with anything unusual in them are quoted.
pub fn command_line(arguments: &[&str]) -> String {
    arguments.iter().map(|argument| quoted(argument)).collect::<Vec<_>>().join(" ")
}

fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::command_line;

    #[test]
    fn unusual_arguments_are_quoted() {
        assert_eq!(command_line(&["a", "b c", "it's", "", "x/y-1.z"]), r"a 'b c' 'it'\''s' '' x/y-1.z");
    }
}
