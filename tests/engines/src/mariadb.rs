//! A private MariaDB.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use sqlx::mysql::MySqlConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, MySqlConnection};

use crate::process::{end_of, free_port, text_of};
use crate::supervisor::Supervisor;

/// The environment variable that names a MySQL server of the user's own.
pub const MYSQL_URL: &str = "MIGRATABLE_TEST_MYSQL_URL";

/// How long a server may take until it greets: it takes 0.3 s on an idle machine, and tests share theirs.
const START_LIMIT: Duration = Duration::from_secs(60);

/// Another process may take the free port between our looking and the server's binding; then we look again.
const PORT_ATTEMPTS: u32 = 5;

/// The server's log, in its folder.
const ERROR_LOG: &str = "err.log";

/// The longest path a Unix socket can have is 107 bytes on Linux and 103 on macOS.
const SOCKET_PATH_LIMIT: usize = 103;

/// A MariaDB server: a private one, or the user's own (see [`MYSQL_URL`]).
///
/// The private one is fresh and empty, keeps a full binary log, has the time zone `+00:00`, the character set
/// `utf8mb4`, an account `root` without a password, and does not survive anything: nothing is synced to disk.
#[derive(Debug)]
pub struct MariaDb {
    server: Server,
}

#[derive(Debug)]
enum Server {
    Private {
        port: u16,
        supervisor: Supervisor,
    },
    Own {
        url: String,
        /// What names of databases start with.
        prefix: String,
        /// The databases to drop at the end.
        created: Mutex<Vec<String>>,
    },
}

/// The files of a server that has never run, made once: each start from a copy of them takes a tenth of the time.
#[derive(Debug)]
pub struct Template {
    supervisor: Supervisor,
}

impl Template {
    /// Makes the files. Blocks the calling thread for seconds.
    ///
    /// # Errors
    /// MariaDB is not installed, or its installer fails.
    pub fn new() -> anyhow::Result<Self> {
        let mut supervisor = supervised_folder()?;
        install(&Programs::find()?, &mut supervisor)?;
        Ok(Self { supervisor })
    }

    /// Starts a private server, whatever [`MYSQL_URL`] says: for what would harm anybody's own, or needs a fresh one.
    ///
    /// # Errors
    /// It doesn't start (the error has the end of its log).
    pub fn start(&self) -> anyhow::Result<MariaDb> {
        MariaDb::private(Some(self))
    }
}

impl MariaDb {
    /// Starts a private server and waits until it takes connections, or uses the one that [`MYSQL_URL`] names.
    ///
    /// Blocks the calling thread for about a second. Each call is a new, empty server.
    ///
    /// # Errors
    /// MariaDB is not installed; it doesn't start (the error has the end of its log).
    pub fn start() -> anyhow::Result<Self> {
        if let Some(url) = crate::variable(MYSQL_URL) {
            return Self::own(url);
        }
        Self::private(None)
    }

    fn private(template: Option<&Template>) -> anyhow::Result<Self> {
        let programs = Programs::find()?;
        let mut attempt = 1;
        loop {
            match start_private(&programs, template) {
                Ok(server) => return Ok(Self { server }),
                Err(Failure::PortTaken) if attempt < PORT_ATTEMPTS => attempt += 1,
                Err(Failure::PortTaken) => bail!("mariadbd found its port taken {attempt} times in a row"),
                Err(Failure::Other(error)) => return Err(error),
            }
        }
    }

    fn own(url: String) -> anyhow::Result<Self> {
        static HANDLES: AtomicU32 = AtomicU32::new(0);
        url.parse::<MySqlConnectOptions>()
            .with_context(|| format!("{MYSQL_URL} is not a MySQL URL: {url}"))?;
        let handle = HANDLES.fetch_add(1, Ordering::Relaxed);
        let prefix = format!("migratable_test_{}_{handle}_", std::process::id());
        Ok(Self { server: Server::Own { url, prefix, created: Mutex::default() } })
    }

    /// Whether this is the user's own server.
    pub fn is_own(&self) -> bool {
        matches!(self.server, Server::Own { .. })
    }

    /// Kills a private server, as `kill -9` does. Its files stay, but for what it had not written yet: that is up to a second.
    ///
    /// # Errors
    /// It is the user's own, or can't be killed.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        match &mut self.server {
            Server::Private { supervisor, .. } => supervisor.kill(),
            Server::Own { .. } => bail!("the server that {MYSQL_URL} names is not ours to kill"),
        }
    }

    /// Runs a private server that was killed again, where it was, on the files it has.
    ///
    /// # Errors
    /// It is the user's own, runs still, or doesn't start (the error has the end of its log).
    pub fn run_again(&mut self) -> anyhow::Result<()> {
        let Server::Private { port, supervisor } = &mut self.server else {
            bail!("the server that {MYSQL_URL} names is not ours to run")
        };
        ensure!(supervisor.exited()?, "the server runs still");
        match run_server(&Programs::find()?, supervisor, *port) {
            Ok(()) => Ok(()),
            Err(Failure::PortTaken) => bail!("port {port} was taken while the server was down"),
            Err(Failure::Other(error)) => Err(error),
        }
    }

    /// Starts a private server, whatever [`MYSQL_URL`] says: for what would harm anybody's own.
    ///
    /// # Errors
    /// As [`MariaDb::start`].
    pub fn start_private() -> anyhow::Result<Self> {
        Self::private(None)
    }

    /// The URL of a database on this server, for [`MariaDb::create_database`]d names.
    pub fn url(&self, database: &str) -> String {
        match &self.server {
            Server::Private { port, .. } => format!("mysql://root@127.0.0.1:{port}/{database}"),
            Server::Own { url, prefix, .. } => with_database(url, &format!("{prefix}{database}")),
        }
    }

    /// The URL of the server, without a database.
    pub fn server_url(&self) -> String {
        match &self.server {
            Server::Private { port, .. } => format!("mysql://root@127.0.0.1:{port}"),
            Server::Own { url, .. } => with_database(url, ""),
        }
    }

    /// Creates an empty database with the server's character set and collation.
    ///
    /// # Errors
    /// The name has other characters than `a-z`, `0-9`, `_`, or there is such a database already.
    pub async fn create_database(&self, name: &str) -> anyhow::Result<()> {
        ensure!(
            !name.is_empty() && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_')),
            "a test database's name is made of a-z, 0-9 and _, not {name:?}"
        );
        let real = match &self.server {
            Server::Private { .. } => name.to_owned(),
            Server::Own { prefix, .. } => format!("{prefix}{name}"),
        };
        run(&self.server_url(), &format!("CREATE DATABASE `{real}`")).await?;
        if let Server::Own { created, .. } = &self.server {
            lock(created).push(real);
        }
        Ok(())
    }

    /// Runs a script of statements separated by `;` in a database, up to the first that fails.
    ///
    /// The server splits the statements, so `DELIMITER`, a command of the command-line client, is not understood.
    ///
    /// # Errors
    /// The first failing statement's error, in the server's words.
    pub async fn execute_script(&self, database: &str, sql: &str) -> anyhow::Result<()> {
        run(&self.url(database), sql).await
    }
}

impl Drop for MariaDb {
    fn drop(&mut self) {
        let Server::Own { url, created, .. } = &self.server else { return };
        let statements: Vec<String> =
            lock(created).drain(..).map(|name| format!("DROP DATABASE IF EXISTS `{name}`")).collect();
        if !statements.is_empty() {
            run_blocking(with_database(url, ""), statements.join("; "));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Runs statements on a connection of their own, with the server's own SQL mode.
async fn run(url: &str, sql: &str) -> anyhow::Result<()> {
    let options = url
        .parse::<MySqlConnectOptions>()?
        .pipes_as_concat(false)
        .no_engine_substitution(false)
        .disable_statement_logging();
    let mut connection = MySqlConnection::connect_with(&options)
        .await
        .with_context(|| format!("could not connect to {url}"))?;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// The same for a destructor, which may run inside or outside an async runtime: on a thread and runtime of its own.
fn run_blocking(url: String, sql: String) {
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(run(&url, &sql))
    });
    // What can't be dropped stays, under a name that says what it is.
    let _ = thread.join();
}

/// The URL with this database in place of whatever it names.
fn with_database(url: &str, database: &str) -> String {
    let (head, query) = match url.split_once('?') {
        Some((head, query)) => (head, Some(query)),
        None => (url, None),
    };
    let authority = head.find("://").map_or(0, |scheme| scheme + 3);
    let end = head[authority..].find('/').map_or(head.len(), |slash| authority + slash);
    let mut result = head[..end].to_owned();
    if !database.is_empty() || query.is_some() {
        result.push('/');
    }
    result.push_str(database);
    if let Some(query) = query {
        result.push('?');
        result.push_str(query);
    }
    result
}

/// The programs of MariaDB that a private server needs.
struct Programs {
    server: PathBuf,
    install: PathBuf,
}

impl Programs {
    fn find() -> anyhow::Result<Self> {
        Ok(Self { server: find_program("mariadbd")?, install: find_program("mariadb-install-db")? })
    }
}

/// A program in `PATH`, or where Debian puts servers, which isn't in the `PATH` of ordinary users.
fn find_program(name: &str) -> anyhow::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .with_context(|| {
            format!("{name} is not installed: run `cargo xtask setup`, or name a server of your own in {MYSQL_URL}")
        })
}

enum Failure {
    PortTaken,
    Other(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// A new folder that the supervisor removes, also when this process is killed.
fn supervised_folder() -> anyhow::Result<Supervisor> {
    Supervisor::new(temporary_folder()?.keep())
}

fn start_private(programs: &Programs, template: Option<&Template>) -> Result<Server, Failure> {
    let mut supervisor = supervised_folder()?;
    match template {
        Some(template) => copy_folder(template.supervisor.folder(), supervisor.folder())?,
        None => install(programs, &mut supervisor)?,
    }
    let port = free_port()?;
    run_server(programs, &mut supervisor, port)?;
    Ok(Server::Private { port, supervisor })
}

/// Runs the server on the files in the folder, and waits until it takes connections.
fn run_server(programs: &Programs, supervisor: &mut Supervisor, port: u16) -> Result<(), Failure> {
    let arguments = server_arguments(supervisor.folder(), port)?;
    let mut server = Command::new(&programs.server);
    supervisor.start(server.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()))?;
    wait_until_ready(supervisor)
}

/// Copies what is in a folder, with the folders in it.
fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(from).with_context(|| format!("could not read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&target).with_context(|| format!("could not create {}", target.display()))?;
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)
                .with_context(|| format!("could not write {}", target.display()))?;
        }
    }
    Ok(())
}

/// The server refuses to run as root unless it is told to.
fn is_roots(folder: &Path) -> anyhow::Result<bool> {
    Ok(folder.metadata().context("could not look at the temporary folder")?.uid() == 0)
}

/// A new folder with a path short enough for a socket in it.
fn temporary_folder() -> anyhow::Result<tempfile::TempDir> {
    let create = |parent: &Path| {
        tempfile::Builder::new()
            .prefix("mg-")
            .tempdir_in(parent)
            .with_context(|| format!("could not create a folder in {}", parent.display()))
    };
    let folder = create(&std::env::temp_dir())?;
    if socket(folder.path()).as_os_str().len() <= SOCKET_PATH_LIMIT {
        return Ok(folder);
    }
    create(Path::new("/tmp"))
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("s.sock")
}

/// A starting server clears its folder for temporary tables of what a crashed one has left there. In the system's own,
/// that would be the tables of other servers that are running.
fn temporary(folder: &Path) -> PathBuf {
    folder.join("tmp")
}

/// Makes the system tables.
fn install(programs: &Programs, supervisor: &mut Supervisor) -> anyhow::Result<()> {
    let temporary = temporary(supervisor.folder());
    std::fs::create_dir(&temporary).with_context(|| format!("could not create {}", temporary.display()))?;
    let log = supervisor.folder().join("install.log");
    let log_file = File::create(&log).with_context(|| format!("could not create {}", log.display()))?;
    let mut command = Command::new(&programs.install);
    command
        .args([
            "--no-defaults",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-name-resolve",
        ])
        .arg(format!("--datadir={}", supervisor.folder().join("data").display()))
        .env("TMPDIR", &temporary)
        .stdout(log_file.try_clone()?)
        .stderr(log_file);
    if is_roots(supervisor.folder())? {
        command.arg("--user=root");
    }
    supervisor.start(&mut command)?;
    let status = supervisor.wait()?;
    ensure!(status.success(), "mariadb-install-db failed ({status}); its log:\n{}", text_of(&log));
    Ok(())
}

fn server_arguments(folder: &Path, port: u16) -> anyhow::Result<Vec<String>> {
    let folder_of = |name: &str| folder.join(name).display().to_string();
    let mut arguments = vec![
        // Must stand first.
        "--no-defaults".to_owned(),
        format!("--datadir={}", folder_of("data")),
        format!("--socket={}", socket(folder).display()),
        format!("--tmpdir={}", temporary(folder).display()),
        format!("--pid-file={}", folder_of("pid")),
        format!("--log-error={}", folder_of(ERROR_LOG)),
        format!("--port={port}"),
        "--bind-address=127.0.0.1".to_owned(),
        "--skip-name-resolve".to_owned(),
        "--max-connections=500".to_owned(),
        // Replication reads the binary log; row images are whole so that it can.
        "--server-id=4242".to_owned(),
        "--log-bin=mdb-bin".to_owned(),
        "--binlog-format=ROW".to_owned(),
        "--binlog-row-image=FULL".to_owned(),
        "--binlog-row-metadata=FULL".to_owned(),
        "--gtid-strict-mode=ON".to_owned(),
        // A throw-away server: fast rather than durable, small rather than fast.
        "--innodb-flush-log-at-trx-commit=0".to_owned(),
        "--sync-binlog=0".to_owned(),
        "--innodb-buffer-pool-size=64M".to_owned(),
        "--performance-schema=OFF".to_owned(),
        "--character-set-server=utf8mb4".to_owned(),
        "--collation-server=utf8mb4_unicode_ci".to_owned(),
        "--default-time-zone=+00:00".to_owned(),
    ];
    if is_roots(folder)? {
        arguments.push("--user=root".to_owned());
    }
    Ok(arguments)
}

/// Waits for the greeting on the server's own socket: on the port, somebody else's server could answer.
fn wait_until_ready(supervisor: &mut Supervisor) -> Result<(), Failure> {
    let start = Instant::now();
    let socket = socket(supervisor.folder());
    loop {
        if greets(&socket) {
            return Ok(());
        }
        if supervisor.exited()? {
            let log = end_of(&supervisor.folder().join(ERROR_LOG));
            return Err(if log.contains("Address already in use") {
                Failure::PortTaken
            } else {
                Failure::Other(anyhow::anyhow!("mariadbd ended while starting; the end of its log:\n{log}"))
            });
        }
        if start.elapsed() > START_LIMIT {
            let log = end_of(&supervisor.folder().join(ERROR_LOG));
            let seconds = START_LIMIT.as_secs();
            return Err(Failure::Other(anyhow::anyhow!(
                "mariadbd did not take connections within {seconds} s; the end of its log:\n{log}"
            )));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn greets(socket: &Path) -> bool {
    let Ok(mut stream) = UnixStream::connect(socket) else { return false };
    stream.set_read_timeout(Some(Duration::from_secs(5))).is_ok()
        && stream.read(&mut [0; 1]).is_ok_and(|read| read == 1)
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_of_a_url_is_replaced_and_the_rest_kept() {
        for (url, database, expected) in [
            ("mysql://root@127.0.0.1:3306", "a", "mysql://root@127.0.0.1:3306/a"),
            ("mysql://root@127.0.0.1:3306/", "a", "mysql://root@127.0.0.1:3306/a"),
            ("mysql://u:p@h/old", "a", "mysql://u:p@h/a"),
            ("mysql://u:p@h/old?ssl-mode=disabled", "a", "mysql://u:p@h/a?ssl-mode=disabled"),
            ("mysql://u:p@h?ssl-mode=disabled", "", "mysql://u:p@h/?ssl-mode=disabled"),
            ("mysql://u:p@h/old", "", "mysql://u:p@h"),
        ] {
            assert_eq!(with_database(url, database), expected, "{url} with {database:?}");
        }
    }
}
