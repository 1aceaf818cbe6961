//! A PostgreSQL server for this test process: the one of `TEST_DATABASE_URL`, else a private
//! throw-away cluster made from the server binaries of this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use super::skipped::skipped;

pub struct Server {
    /// How the URL of one of its databases is made: what goes before the name, and after.
    url: (String, String),
    admin: String,
    template: OnceLock<String>,
    /// CREATE DATABASE wants the template for itself.
    creating: Mutex<()>,
    cluster: Option<Cluster>,
}

/// A database of its own, dropped with this.
pub struct Database {
    pub url: String,
    name: String,
}

/// The server of this process, or none, said loudly once.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER
        .get_or_init(|| {
            if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
                return Some(Server::external(&url));
            }
            Cluster::start_or_say().map(Server::private)
        })
        .as_ref()
}

impl Server {
    fn private(cluster: Cluster) -> Self {
        let url = ("postgres://trede@/".to_owned(), format!("?host={}", cluster.socket.display()));
        Self {
            admin: format!("{}postgres{}", url.0, url.1),
            url,
            template: OnceLock::new(),
            creating: Mutex::new(()),
            cluster: Some(cluster),
        }
    }

    fn external(admin: &str) -> Self {
        let (before, options) = admin.split_once('?').unwrap_or((admin, ""));
        let (before, _) = before.rsplit_once('/').unwrap();
        Self {
            admin: admin.to_owned(),
            url: (
                format!("{before}/"),
                if options.is_empty() { String::new() } else { format!("?{options}") },
            ),
            template: OnceLock::new(),
            creating: Mutex::new(()),
            cluster: None,
        }
    }

    /// A fresh database, brought up to date by `migrate`.
    pub fn database(&self, migrate: impl FnOnce(&str)) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let process = std::process::id();
        let name = format!("trede_{process}_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let url = self.url_of(&name);
        if self.cluster.is_none() {
            // Nobody could remove a template from a server that outlives this process.
            self.execute(&format!("CREATE DATABASE {name}"));
            migrate(&url);
            return Database { url, name };
        }
        let template = self.template.get_or_init(|| {
            let name = "trede_template".to_owned();
            self.execute(&format!("CREATE DATABASE {name}"));
            migrate(&self.url_of(&name));
            name
        });
        let _alone = self.creating.lock().unwrap_or_else(|e| e.into_inner());
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Database { url, name }
    }

    fn url_of(&self, database: &str) -> String {
        format!("{}{database}{}", self.url.0, self.url.1)
    }

    fn execute(&self, statement: &str) {
        let mut connection = PgConnection::establish(&self.admin).unwrap();
        // The last connection to a template may still be closing.
        let deadline = Instant::now() + Duration::from_secs(10);
        while let Err(error) = connection.batch_execute(statement) {
            assert!(Instant::now() < deadline, "{statement}: {error}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(server) = server() {
            server.execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}

/// Whether a cluster writes to disk before it answers. Tests are fast without; what is measured must
/// do as production does.
pub static DURABLE: AtomicBool = AtomicBool::new(false);

/// A cluster in a temporary folder, on a Unix socket.
pub struct Cluster {
    socket: PathBuf,
    user: Option<String>,
    binaries: PathBuf,
    options: String,
    // The watcher stops the server and removes its folder when this end of the pipe closes, which
    // the kernel does however this process ends.
    _alive: ChildStdin,
    _watcher: Child,
}

impl Cluster {
    /// A cluster, or none, said loudly, which fails in continuous integration.
    fn start_or_say() -> Option<Self> {
        Self::start().map_err(|why| skipped("PostgreSQL", &why)).ok()
    }

    fn start() -> Result<Self, String> {
        let binaries = binaries().ok_or("no initdb found; install PostgreSQL's server package")?;
        let folder =
            tempfile::Builder::new().prefix("trede-pg-").tempdir().map_err(|e| e.to_string())?.keep();
        let user = unprivileged_user();
        if let Some(user) = &user {
            run(Command::new("chown").arg(user).arg(&folder))?;
        }
        let data = folder.join("data");
        run(as_user(&user, &binaries.join("initdb"))
            .args(["--username=trede", "--auth=trust", "--no-sync", "--encoding=UTF8"])
            .arg("--locale=C.UTF-8")
            .arg("--pgdata")
            .arg(&data))?;
        let sync = if DURABLE.load(Ordering::Relaxed) { "on" } else { "off" };
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync={sync} \
             -c synchronous_commit={sync} -c full_page_writes={sync} -c max_connections=200",
            folder.display()
        );
        serve(&user, &binaries, &folder, &options)?;
        let mut watcher = Command::new("sh")
            .args(["-c", "cat >/dev/null; \"$@\"; rm -rf \"$FOLDER\"", "watcher"])
            .args(stop_words(&user, &binaries, &data))
            .env("FOLDER", &folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| e.to_string())?;
        Ok(Self {
            socket: folder,
            user,
            binaries,
            options,
            _alive: watcher.stdin.take().ok_or("no pipe to the watcher")?,
            _watcher: watcher,
        })
    }
}

/// A server that nobody else uses, so that it can be stopped; none, said loudly, where there are no server
/// programs.
pub fn stoppable() -> Option<Cluster> {
    Cluster::start_or_say()
}

impl Cluster {
    /// The URL of its only database.
    pub fn url(&self) -> String {
        format!("postgres://trede@/postgres?host={}", self.socket.display())
    }

    /// Stops it as a failure would: no connection is ended in order.
    pub fn stop(&self) {
        let words = stop_words(&self.user, &self.binaries, &self.socket.join("data"));
        run(Command::new(&words[0]).args(&words[1..]).current_dir("/")).unwrap();
    }

    /// Starts it again, on the same data.
    pub fn start_again(&self) {
        serve(&self.user, &self.binaries, &self.socket, &self.options).unwrap();
    }
}

impl Cluster {
    /// Sends a signal to the server and each of its processes.
    pub fn signal(&self, name: &str) {
        let file = fs::read_to_string(self.socket.join("data/postmaster.pid")).unwrap();
        let server: u32 = file.lines().next().unwrap().parse().unwrap();
        let of_server = |process: &u32| {
            // `PID (NAME) STATE PARENT …`
            let told = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            let parent = told.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
            parent == Some(server.to_string().as_str())
        };
        let all = fs::read_dir("/proc").unwrap().flatten();
        let all = all.filter_map(|folder| folder.file_name().to_str()?.parse().ok());
        let own: Vec<u32> = [server].into_iter().chain(all.filter(of_server)).collect();
        let words: Vec<String> = own.iter().map(u32::to_string).collect();
        // Of the shell itself: the program of that name is not on every machine. A process may be gone since.
        run(Command::new("sh").args(["-c", &format!("kill -{name} {} || true", words.join(" "))])).unwrap();
    }
}

fn serve(user: &Option<String>, binaries: &Path, folder: &Path, options: &str) -> Result<(), String> {
    run(as_user(user, &binaries.join("pg_ctl"))
        .args(["start", "--wait", "--timeout=60", "--pgdata"])
        .arg(folder.join("data"))
        .arg("--log")
        .arg(folder.join("log"))
        .args(["--options", options]))
}

fn binaries() -> Option<PathBuf> {
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told
        .filter(|output| output.status.success())
        .map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let packaged = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"));
    told.into_iter()
        .chain(packaged)
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

/// The server refuses to run as root; then it runs as somebody else.
fn unprivileged_user() -> Option<String> {
    let id = |arguments: &[&str]| Command::new("id").args(arguments).output().ok();
    let root = id(&["-u"]).is_some_and(|output| output.stdout.trim_ascii() == b"0");
    let exists = |user: &&str| id(&["-u", user]).is_some_and(|output| output.status.success());
    root.then(|| ["postgres", "nobody"].into_iter().find(exists)).flatten().map(str::to_owned)
}

fn as_user(user: &Option<String>, program: &Path) -> Command {
    let mut words = user_words(user);
    words.push(program.display().to_string());
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).current_dir("/");
    command
}

fn user_words(user: &Option<String>) -> Vec<String> {
    user.iter().flat_map(|user| ["runuser", "-u", user, "--"].map(str::to_owned)).collect()
}

fn stop_words(user: &Option<String>, binaries: &Path, data: &Path) -> Vec<String> {
    let mut words = user_words(user);
    words.push(binaries.join("pg_ctl").display().to_string());
    words.extend(["stop", "--mode=immediate", "--pgdata"].map(str::to_owned));
    words.push(data.display().to_string());
    words
}

fn run(command: &mut Command) -> Result<(), String> {
    // Not inherited: the server that pg_ctl leaves behind would hold them open.
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    match output {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}
