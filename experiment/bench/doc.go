// Package bench measures how fast this module is, against other programs and
// against what the machine can do.
//
// Each row of the result is one kind of work: a trial of training, a stretch
// of free-running simulation, the whole cycling demo, …. Where another program
// can do the same work, the two take turns, ours, theirs, ours, theirs, in the
// same run; the ratio is the median over these pairs, so that a machine that
// slows down for a while slows both. Everything is timed in steady state:
// building, reading and warming up do not count, on either side.
//
// The other programs are scripts of ours (folder peers), written from the
// equations for NumPy with OpenBLAS and for Brian2 in its C++ standalone mode,
// and for h5py, which reads files. They start from the same networks as we do, use one core, and are checked
// against our results by this package's tests. On Debian and Ubuntu
//
//	apt-get install python3-numpy libopenblas0-pthread python3-h5py python3-brian g++
//
// installs what they need. Where that is missing, a row is measured without
// its peer and says so; those on files are not measured, since h5py writes them.
//
// The limits of the machine (bandwidth of memory and of the cache, rate of
// multiply-adds) are measured in the same run; a row's LimitFraction is the
// time that its unavoidable traffic and arithmetic would take at these limits,
// divided by the time it took.
//
// Rows on two cores are about two cores: a virtual machine's processors may for
// seconds be two threads of one, which does little more work than one thread. A
// repetition of ours waits up to ten seconds for that to end, and a row's
// Processors says what the two were worth.
package bench
