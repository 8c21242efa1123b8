#include "vision/internal/system_call_filter.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace batchwright::vision {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;
#endif

constexpr std::uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t kKill = SECCOMP_RET_KILL_PROCESS;
constexpr std::uint32_t refuse(int error) {
  return SECCOMP_RET_ERRNO | (static_cast<std::uint32_t>(error) & SECCOMP_RET_DATA);
}

// A program for the kernel's filter machine (Linux: Documentation/userspace-api/seccomp_filter).
// Arguments are compared by their lower 32 bits: flags and small numbers have no others.
class Program {
 public:
  Program() {
    load(offsetof(seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0);
    answer(kKill);
    load(offsetof(seccomp_data, nr));
  }

  void when(long call, std::uint32_t what) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
    answer(what);
  }
  void when(std::initializer_list<long> calls, std::uint32_t what) {
    for (const long call : calls) when(call, what);
  }
  // `yes` when all of `bits` of the masked argument are `value`, else `no`.
  void when_argument(long call, unsigned argument, std::uint32_t mask, std::uint32_t value,
                     std::uint32_t yes, std::uint32_t no) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 5);
    load(static_cast<std::uint32_t>(offsetof(seccomp_data, args) + 8 * argument));
    add(BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
    add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    answer(yes);
    answer(no);
  }
  [[nodiscard]] bool install(std::uint32_t otherwise) {
    answer(otherwise);
    const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  }

 private:
  void load(std::uint32_t offset) { add(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
  void answer(std::uint32_t what) { add(BPF_RET | BPF_K, what, 0, 0); }
  void add(int code, std::uint32_t k, std::uint8_t yes, std::uint8_t no) {
    code_.push_back({static_cast<std::uint16_t>(code), yes, no, k});
  }
  std::vector<sock_filter> code_;
};

void allow_harmless(Program& program) {
  program.when(
      {__NR_read,       __NR_readv,      __NR_pread64, __NR_write, __NR_writev,    __NR_sendto,
       __NR_recvfrom,   __NR_sendmsg,    __NR_recvmsg, __NR_ppoll, __NR_pselect6,  __NR_close,
       __NR_fstat,      __NR_newfstatat, __NR_statx,   __NR_lseek, __NR_faccessat, __NR_faccessat2,
       __NR_readlinkat, __NR_getdents64, __NR_fcntl,   __NR_dup,   __NR_fadvise64, __NR_getcwd},
      kAllow);
  program.when({__NR_munmap, __NR_mremap, __NR_madvise, __NR_brk, __NR_futex, __NR_membarrier,
                __NR_set_robust_list, __NR_rseq, __NR_set_tid_address},
               kAllow);
  program.when({__NR_nanosleep, __NR_clock_nanosleep, __NR_clock_gettime, __NR_clock_getres,
                __NR_gettimeofday, __NR_setitimer, __NR_sched_yield, __NR_sched_getaffinity,
                __NR_getcpu, __NR_getpid, __NR_gettid, __NR_getuid, __NR_geteuid, __NR_getgid,
                __NR_getegid, __NR_uname, __NR_sysinfo, __NR_getrandom, __NR_getrusage},
               kAllow);
  program.when({__NR_rt_sigaction, __NR_rt_sigprocmask, __NR_rt_sigreturn, __NR_sigaltstack,
                __NR_restart_syscall, __NR_exit, __NR_exit_group},
               kAllow);
#if defined(__x86_64__)
  program.when({__NR_poll, __NR_select, __NR_stat, __NR_lstat, __NR_access, __NR_readlink,
                __NR_time, __NR_alarm, __NR_getrlimit},
               kAllow);
#endif
}

void allow_with_care(Program& program) {
  constexpr std::uint32_t kWriting =
      O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
  program.when_argument(__NR_openat, 2, kWriting, 0, kAllow, refuse(EACCES));
#if defined(__x86_64__)
  program.when_argument(__NR_open, 1, kWriting, 0, kAllow, refuse(EACCES));
#endif
  program.when_argument(__NR_mmap, 2, PROT_EXEC, 0, kAllow, refuse(EPERM));
  program.when_argument(__NR_mprotect, 2, PROT_EXEC, 0, kAllow, refuse(EPERM));
  program.when_argument(__NR_clone, 0, CLONE_THREAD, CLONE_THREAD, kAllow, refuse(EPERM));
  program.when(__NR_clone3, refuse(ENOSYS));  // then the C library uses clone, which can be judged
  // Cameras' own controls have the letter V (Linux: Documentation/userspace-api/ioctl).
  program.when_argument(__NR_ioctl, 1, 0xff00, 'V' << 8, kAllow, refuse(ENOTTY));
  program.when_argument(__NR_prlimit64, 2, ~0U, 0, kAllow, refuse(EPERM));  // reading a limit
  const auto self = static_cast<std::uint32_t>(::getpid());
  program.when_argument(__NR_tgkill, 0, ~0U, self, kAllow, refuse(EPERM));  // how abort() ends
}

}  // namespace

bool forbid_system_calls() {
  if (kArchitecture == 0) return false;
  Program program;
  allow_harmless(program);
  allow_with_care(program);
  program.when(
      {__NR_execve, __NR_execveat, __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev},
      kKill);
  return program.install(refuse(EPERM));
}

}  // namespace batchwright::vision
