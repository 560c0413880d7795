# Dot-sourced by the suites: a made-up secret as the SecureString that the cmdlets take.
function Get-SecureText([string] $Text) {
    [System.Net.NetworkCredential]::new('', $Text).SecurePassword
}
