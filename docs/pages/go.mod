// The pages are no part of the module: its zip is for those who import packages.
module github.com/spikewalk/spikewalk/docs/pages
