// Kernel interfaces that Swift cannot import by itself: headers that Glibc's module leaves out, system
// calls without a wrapper in glibc, and macros with arguments. No logic lives here.
#ifndef CLINUX_H
#define CLINUX_H

// Without _GNU_SOURCE: it changes the members of types such as fd_set, which then clash with those that
// Swift's Glibc module has (glibc's sys/select.h).

// First, so that the kernel's headers leave out what it defines (linux/libc-compat.h).
#include <netinet/in.h>

#include <linux/bpf_common.h>
#include <linux/capability.h>
#include <linux/fib_rules.h>
#include <linux/filter.h>
#include <linux/if_addr.h>
#include <linux/if_arp.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/mount.h>
#include <linux/neighbour.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/openat2.h>
#include <linux/perf_event.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/veth.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/types.h>

_Static_assert(sizeof(struct nlmsghdr) == 16, "linux/netlink.h");
_Static_assert(sizeof(struct ifinfomsg) == 16, "linux/rtnetlink.h");
_Static_assert(sizeof(struct ndmsg) == 12, "linux/neighbour.h");
_Static_assert(sizeof(struct sockaddr_ll) == 20, "linux/if_packet.h");

/// setns(2)
int kp_setns(int descriptor, int type);
/// unshare(2)
int kp_unshare(int flags);
/// accept4(2), without the peer's address
int kp_accept(int listener, int flags);
/// gettid(2)
pid_t kp_gettid(void);
/// open(2), always with O_CLOEXEC
int kp_open(const char *_Nonnull path, int flags, mode_t mode);
/// openat(2), always with O_CLOEXEC
int kp_openat(int directory, const char *_Nonnull path, int flags);
/// O_PATH, which Swift's Glibc module lacks: the file is only found, not opened.
enum { KP_PATH_ONLY = 010000000 };
/// openat2(2) with RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS, always with O_CLOEXEC: links in `path`, absolute
/// ones too, lead to nowhere but below `root`.
int kp_open_in_root(int root, const char *_Nonnull path, int flags);
/// memfd_create(2), always with MFD_CLOEXEC
int kp_memory_file(const char *_Nonnull name);
/// fsopen(2), fsconfig(2) with FSCONFIG_CMD_CREATE, and fsmount(2): a file system of this type, mounted
/// nowhere. Its root directory, or -1 and errno.
int kp_mount_detached(const char *_Nonnull type);
/// perf_event_open(2)
int kp_perf_event_open(struct perf_event_attr *_Nonnull attributes, pid_t process, int cpu, int group,
                       unsigned long flags);
/// PERF_EVENT_IOC_ENABLE
int kp_perf_enable(int descriptor);
/// PERF_EVENT_IOC_SET_FILTER
int kp_perf_set_filter(int descriptor, const char *_Nonnull filter);
/// PERF_EVENT_IOC_SET_OUTPUT: the records go to the ring of `ring`.
int kp_perf_set_output(int descriptor, int ring);
/// A number that the kernel writes in shared memory, before anything that is read after it.
uint64_t kp_load_acquire(const __u64 *_Nonnull number);
/// Writes a number that the kernel reads in shared memory, after anything that was read before it.
void kp_store_release(__u64 *_Nonnull number, uint64_t value);
/// SIOCETHTOOL with ETHTOOL_GSSET_INFO, ETHTOOL_GSTRINGS and ETHTOOL_GSTATS: how many statistics an interface's driver
/// has, after their names (of ETH_GSTRING_LEN octets) and values were written to arrays of `capacity`; or -1 and errno,
/// ENOBUFS if they may not fit.
int kp_driver_statistics(int socket, const char *_Nonnull interface, unsigned int capacity, char *_Nonnull names,
                         uint64_t *_Nonnull values);
/// prctl(2), PR_SET_PDEATHSIG
int kp_die_with_parent(int signal);
/// capget(2): the effective set of this thread, or 0.
uint64_t kp_effective_capabilities(void);

/// The network namespace that this thread was last moved to by kp_thread_namespace_set; 0 for none.
uint64_t kp_thread_namespace(void);
/// Whether this thread may be moved between network namespaces.
int kp_thread_is_mobile(void);
/// Marks this thread as one that may be moved.
void kp_thread_set_mobile(void);
/// Records where this thread was moved.
void kp_thread_namespace_set(uint64_t identity);

/// fork(2) and execve(2): a child in the network namespace `namespace_descriptor` (or -1 to stay), with the
/// given standard streams, an empty signal mask, and SIGKILL when the calling thread ends. Its process id, or
/// -1 and errno. If execve fails, the child exits with 127.
pid_t kp_spawn(int namespace_descriptor, const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
               char *_Nullable const *_Nonnull environment, int standard_input, int standard_output,
               int standard_error);

/// A message that kp_receive_messages fills: the kernel's struct mmsghdr, which glibc hides here.
struct kp_message {
  struct msghdr header;
  unsigned int length;
};
/// recvmmsg(2) with MSG_DONTWAIT
int kp_receive_messages(int descriptor, struct kp_message *_Nonnull messages, unsigned int count);
/// The first control message after `previous` (NULL for the first) in `message`, or NULL.
struct cmsghdr *_Nullable kp_next_control(struct msghdr *_Nonnull message, struct cmsghdr *_Nullable previous);
/// CMSG_DATA
const void *_Nonnull kp_control_data(const struct cmsghdr *_Nonnull control);

/// zlib's z_stream (zlib.h, version 1.2.11 and later 1.x: its size is checked by inflateInit2_).
struct kp_zlib_stream {
  const uint8_t *_Nullable next_in;
  unsigned int avail_in;
  unsigned long total_in;
  uint8_t *_Nullable next_out;
  unsigned int avail_out;
  unsigned long total_out;
  const char *_Nullable msg;
  void *_Nullable state;
  void *_Nullable zalloc;
  void *_Nullable zfree;
  void *_Nullable opaque;
  int data_type;
  unsigned long adler;
  unsigned long reserved;
};

/// libzstd's ZSTD_inBuffer (zstd.h)
struct kp_zstd_input {
  const void *_Nullable source;
  size_t size;
  size_t position;
};
/// libzstd's ZSTD_outBuffer (zstd.h)
struct kp_zstd_output {
  void *_Nullable target;
  size_t size;
  size_t position;
};

#endif
