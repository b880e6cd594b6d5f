//! The test's end of a proxy.

use std::collections::BTreeMap;
use std::process::{Child, Command as Program, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::Mutex;

use crate::control::{Answer, Behind, Command, Copy, Numbered, RuleId, Seen};
use crate::rule::{Fault, When};

/// A proxy that runs, gone when this is dropped or this process ends, however it ends: it lives as long as its input.
///
/// Use it within the async runtime that started it.
#[derive(Debug)]
pub struct FaultProxy {
    endpoint: String,
    process: Child,
    line: Mutex<Line>,
}

/// The proxy's input and output.
#[derive(Debug)]
struct Line {
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    last: u64,
}

impl FaultProxy {
    /// Starts a program that is [`run`](crate::run), before the engine at this address.
    ///
    /// # Errors
    /// The program can't be run, or doesn't find a free port.
    pub async fn start(program: &str, engine: &str) -> anyhow::Result<Self> {
        let mut process = Program::new(program)
            .arg(engine)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not run {program}"))?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        // From here on the process is ended by its handle.
        let (input, output) = pipes.context("the proxy has no pipes")?;
        let line = Line {
            input: ChildStdin::from_std(input)?,
            output: BufReader::new(ChildStdout::from_std(output)?).lines(),
            last: 0,
        };
        let mut proxy = Self { endpoint: String::new(), process, line: Mutex::new(line) };
        let endpoint = proxy.line.get_mut().output.next_line().await?;
        proxy.endpoint = endpoint.context("the proxy ended while starting")?;
        Ok(proxy)
    }

    /// Where it listens: `http://127.0.0.1:41234`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A client of it, with the SDK's own retries and without the waits between them.
    pub fn client(&self) -> Client {
        let config = migratable_test_engines::client_config(&self.endpoint);
        let waits = Duration::from_millis(1);
        let retries = RetryConfig::standard().with_initial_backoff(waits).with_max_backoff(waits);
        Client::from_conf(config.retry_config(retries).build())
    }

    /// Makes a fault happen to requests.
    ///
    /// # Errors
    /// The fault can't happen to these requests, or the proxy is gone.
    pub async fn add(&self, when: When, fault: Fault) -> anyhow::Result<RuleId> {
        match self.tell(Command::Add { when, fault }).await? {
            Answer::Added(rule) => Ok(rule),
            answer => bail!("the proxy answers {answer:?}"),
        }
    }

    /// Takes a rule away, and releases what it holds.
    ///
    /// # Errors
    /// There is no such rule, or the proxy is gone.
    pub async fn remove(&self, rule: RuleId) -> anyhow::Result<()> {
        self.tell(Command::Remove(rule)).await.map(drop)
    }

    /// Lets go on what a rule holds now, and says how many requests these were.
    ///
    /// # Errors
    /// There is no such rule, or the proxy is gone.
    pub async fn release(&self, rule: RuleId) -> anyhow::Result<usize> {
        match self.tell(Command::Release(rule)).await? {
            Answer::Released(count) => Ok(count),
            answer => bail!("the proxy answers {answer:?}"),
        }
    }

    /// Waits until the fault of a rule has happened so many times; what is held counts from when it is.
    ///
    /// # Errors
    /// It doesn't happen within a minute, or the proxy is gone.
    pub async fn happened(&self, rule: RuleId, count: usize) -> anyhow::Result<()> {
        self.tell(Command::Await { rule, count }).await.map(drop)
    }

    /// From now on, reads that may be stale see a copy of the data that is behind. How tables and items came to be doesn't
    /// matter; from now on they are written through this proxy alone.
    ///
    /// # Errors
    /// The copy can't be made, or the proxy is gone.
    pub async fn lag(&self, copy: Copy, behind: Behind) -> anyhow::Result<()> {
        self.tell(Command::Lag { copy, behind }).await.map(drop)
    }

    /// A copy takes up so many of the writes it lacks, oldest first, or all of them.
    ///
    /// # Errors
    /// The copy was never made to lag, or the proxy is gone.
    pub async fn catch_up(&self, copy: Copy, writes: Option<usize>) -> anyhow::Result<()> {
        self.tell(Command::CatchUp { copy, writes }).await.map(drop)
    }

    /// Every request there was, in the order they came.
    ///
    /// # Errors
    /// The proxy is gone.
    pub async fn seen(&self) -> anyhow::Result<Vec<Seen>> {
        match self.tell(Command::Seen).await? {
            Answer::Seen(requests) => Ok(requests),
            answer => bail!("the proxy answers {answer:?}"),
        }
    }

    /// The operations there were, each attempt, in the order they came.
    ///
    /// # Errors
    /// The proxy is gone.
    pub async fn operations(&self) -> anyhow::Result<Vec<String>> {
        Ok(self.seen().await?.into_iter().map(|seen| seen.operation).collect())
    }

    /// How many requests of each operation there were, each attempt counted.
    ///
    /// # Errors
    /// The proxy is gone.
    pub async fn counts(&self) -> anyhow::Result<BTreeMap<String, usize>> {
        let mut counts = BTreeMap::new();
        for operation in self.operations().await? {
            *counts.entry(operation).or_default() += 1;
        }
        Ok(counts)
    }

    /// Forgets every request there was.
    ///
    /// # Errors
    /// The proxy is gone.
    pub async fn forget(&self) -> anyhow::Result<()> {
        self.tell(Command::Forget).await.map(drop)
    }

    async fn tell(&self, command: Command) -> anyhow::Result<Answer> {
        let mut line = self.line.lock().await;
        line.last += 1;
        let number = line.last;
        let mut text = serde_json::to_string(&Numbered { number, content: command })?;
        text.push('\n');
        line.input.write_all(text.as_bytes()).await.context("the proxy is gone")?;
        loop {
            let answer = line.output.next_line().await?.context("the proxy is gone")?;
            let answer: Numbered<Answer> = serde_json::from_str(&answer)?;
            // A caller that was dropped has left its answer behind.
            if answer.number != number {
                continue;
            }
            match answer.content {
                Answer::Failed(why) => bail!("{why}"),
                content => return Ok(content),
            }
        }
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        // Without effect on a process that has ended, and there is nothing to be done about another failure: the process
        // ends with its input.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
