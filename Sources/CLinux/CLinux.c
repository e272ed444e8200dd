#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static _Thread_local uint64_t thread_namespace;
static _Thread_local int thread_mobile;

int kp_setns(int descriptor, int type) { return setns(descriptor, type); }

int kp_unshare(int flags) { return unshare(flags); }

int kp_accept(int listener, int flags) { return accept4(listener, NULL, NULL, flags); }

pid_t kp_gettid(void) { return (pid_t)syscall(SYS_gettid); }

int kp_open(const char *path, int flags, mode_t mode) { return open(path, flags | O_CLOEXEC, mode); }

int kp_openat(int directory, const char *path, int flags) { return openat(directory, path, flags | O_CLOEXEC); }

_Static_assert(KP_PATH_ONLY == O_PATH, "fcntl.h");

int kp_open_in_root(int root, const char *path, int flags) {
  struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC), .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
  return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

int kp_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int kp_mount_detached(const char *type) {
  int context = (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
  if (context < 0) return -1;
  int root = -1;
  if (syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
    root = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0);
  int saved = errno;
  close(context);
  errno = saved;
  return root;
}

int kp_perf_event_open(struct perf_event_attr *attributes, pid_t process, int cpu, int group, unsigned long flags) {
  return (int)syscall(SYS_perf_event_open, attributes, process, cpu, group, flags | PERF_FLAG_FD_CLOEXEC);
}

int kp_perf_enable(int descriptor) { return ioctl(descriptor, PERF_EVENT_IOC_ENABLE, 0); }

int kp_perf_set_filter(int descriptor, const char *filter) {
  return ioctl(descriptor, PERF_EVENT_IOC_SET_FILTER, filter);
}

int kp_perf_set_output(int descriptor, int ring) { return ioctl(descriptor, PERF_EVENT_IOC_SET_OUTPUT, ring); }

uint64_t kp_load_acquire(const __u64 *number) { return __atomic_load_n(number, __ATOMIC_ACQUIRE); }

void kp_store_release(__u64 *number, uint64_t value) { __atomic_store_n(number, value, __ATOMIC_RELEASE); }

static int driver_request(int socket, const char *interface, void *request) {
  struct ifreq message = {0};
  strncpy(message.ifr_name, interface, IFNAMSIZ - 1);
  message.ifr_data = request;
  return ioctl(socket, SIOCETHTOOL, &message);
}

int kp_driver_statistics(int socket, const char *interface, unsigned int capacity, char *names, uint64_t *values) {
  union {
    struct ethtool_sset_info info;
    char room[sizeof(struct ethtool_sset_info) + sizeof(__u32)];
  } set = {.info = {.cmd = ETHTOOL_GSSET_INFO, .sset_mask = 1ULL << ETH_SS_STATS}};
  if (driver_request(socket, interface, &set.info) < 0) return -1;
  unsigned int count = set.info.sset_mask == 0 ? 0 : set.info.data[0];
  // The kernel writes as many as there are by then: there is room for twice as many as there were.
  if (count > capacity / 2) {
    errno = ENOBUFS;
    return -1;
  }
  if (count == 0) return 0;
  struct ethtool_gstrings *texts = calloc(1, sizeof *texts + (size_t)capacity * ETH_GSTRING_LEN);
  struct ethtool_stats *numbers = calloc(1, sizeof *numbers + (size_t)capacity * sizeof(__u64));
  int result = -1;
  if (texts != NULL && numbers != NULL) {
    texts->cmd = ETHTOOL_GSTRINGS;
    texts->string_set = ETH_SS_STATS;
    texts->len = count;
    numbers->cmd = ETHTOOL_GSTATS;
    numbers->n_stats = count;
    if (driver_request(socket, interface, texts) == 0 && driver_request(socket, interface, numbers) == 0) {
      if (texts->len < count) count = texts->len;
      if (numbers->n_stats < count) count = numbers->n_stats;
      memcpy(names, texts->data, (size_t)count * ETH_GSTRING_LEN);
      memcpy(values, numbers->data, (size_t)count * sizeof(__u64));
      result = (int)count;
    }
  }
  int error = errno;
  free(texts);
  free(numbers);
  errno = error;
  return result;
}

int kp_die_with_parent(int signal) { return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0); }

uint64_t kp_effective_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0) return 0;
  return (uint64_t)data[1].effective << 32 | data[0].effective;
}

uint64_t kp_thread_namespace(void) { return thread_namespace; }

int kp_thread_is_mobile(void) { return thread_mobile; }

void kp_thread_set_mobile(void) { thread_mobile = 1; }

void kp_thread_namespace_set(uint64_t identity) { thread_namespace = identity; }

pid_t kp_spawn(int namespace_descriptor, const char *path, char *const *arguments, char *const *environment,
               int standard_input, int standard_output, int standard_error) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child != 0) return child;
  // Only async-signal-safe calls from here: other threads' locks are copied as they were.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent) _exit(127);
  if (namespace_descriptor >= 0 && setns(namespace_descriptor, CLONE_NEWNET) != 0) _exit(127);
  if (standard_input >= 0) dup2(standard_input, 0);
  if (standard_output >= 0) dup2(standard_output, 1);
  if (standard_error >= 0) dup2(standard_error, 2);
  execve(path, arguments, environment);
  _exit(127);
}

_Static_assert(sizeof(struct kp_message) == sizeof(struct mmsghdr), "sys/socket.h");
_Static_assert(offsetof(struct kp_message, length) == offsetof(struct mmsghdr, msg_len), "sys/socket.h");

int kp_receive_messages(int descriptor, struct kp_message *messages, unsigned int count) {
  return recvmmsg(descriptor, (struct mmsghdr *)messages, count, MSG_DONTWAIT, NULL);
}

struct cmsghdr *kp_next_control(struct msghdr *message, struct cmsghdr *previous) {
  return previous ? CMSG_NXTHDR(message, previous) : CMSG_FIRSTHDR(message);
}

const void *kp_control_data(const struct cmsghdr *control) { return CMSG_DATA(control); }
