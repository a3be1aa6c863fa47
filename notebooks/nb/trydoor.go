package nb

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// admit tells whether a request may be answered, and refuses it if not. Whoever
// asks knows the token; the rest keeps pages from elsewhere out even if it leaks.
func (s *tryServer) admit(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	switch {
	case r.ContentLength != 0:
		w.Header().Set("Connection", "close")
		http.Error(w, "a question has no body", http.StatusRequestEntityTooLarge)
	case !hostIsOurs(r.Host), origin != "" && !originIsNotebook(origin, r.Host):
		http.Error(w, "this page may not ask", http.StatusForbidden)
	case subtle.ConstantTimeCompare([]byte(r.PathValue("token")), []byte(s.token)) != 1:
		http.NotFound(w, r)
	default:
		if origin != "" { // the page comes from the notebook's server, which is another
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Vary", "Origin")
		}
		return true
	}
	return false
}

// hostIsOurs tells whether a request is meant for this machine. A page elsewhere can
// have its own name lead here, but it has to call this machine by that name, and never
// by a number. Jupyter servers that forward ports hand on the name by which they were
// called; that of a hub is not known here.
func hostIsOurs(host string) bool {
	name := hostname(host)
	if net.ParseIP(name) != nil || name == "localhost" || os.Getenv("JUPYTERHUB_SERVICE_PREFIX") != "" {
		return true
	}
	own, err := os.Hostname()
	first, _, _ := strings.Cut(own, ".")
	return err == nil && name != "" && (strings.EqualFold(name, own) || strings.EqualFold(name, first))
}

// originIsNotebook tells whether a page is one that notebooks are shown in: of this
// machine, of VS Code, or of the very server that handed the request on.
func originIsNotebook(origin, host string) bool {
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	switch {
	case u.Scheme == "vscode-webview":
		return true
	case u.Scheme != "http" && u.Scheme != "https":
		return false
	case u.Scheme == "https" && strings.HasSuffix(u.Hostname(), ".vscode-cdn.net"):
		return true
	}
	return u.Host == host || u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// hostname is a host without its port.
func hostname(host string) string { return strings.ToLower((&url.URL{Host: host}).Hostname()) }
