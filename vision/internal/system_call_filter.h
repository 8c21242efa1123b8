// What the worker may still ask of the kernel once its cameras are open: memory, time, its socket,
// its cameras, and files to read. A decoder that was taken over by a picture has nobody to talk to
// but the panel, and can start, write and change nothing.
#pragma once

namespace batchwright::vision {

// For this process, its threads, and for good. False when this kernel or processor has no such
// filter; then only the limits of confine_worker() hold.
//
// Refused with an error: writing to files, new sockets, processes, executable memory, limits and
// everything that isn't named in the list. Ends the process: running another program, and looking
// into other processes.
[[nodiscard]] bool forbid_system_calls();

}  // namespace batchwright::vision
