# The whole way of a sign-in with a code: what the user sees, and when. A cluster and its authority run here on one TLS port;
# the module runs in another process, which trusts that port's certificate.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $tenant = '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
    $names.AddIpAddress([ipaddress]::Loopback)
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', [System.Security.Cryptography.RSA]::Create(2048), 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $request.CertificateExtensions.Add($names.Build())
    $certificate = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(1))
    Set-Content "$TestDrive/root.pem" $certificate.ExportCertificatePem()

    $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
    $listener.Start()
    $address = "https://127.0.0.1:$($listener.LocalEndpoint.Port)"
    $polls = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()

    $serve = {
        param($Listener, $Certificate, $Address, $Tenant, $Polls)
        function Get-Base64Url([string] $Text) {
            [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($Text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        }
        $user = "{`"upn`":`"ada@contoso.com`",`"preferred_username`":`"ada@contoso.com`",`"oid`":`"o`",`"sub`":`"s`",`"tid`":`"$Tenant`"}"
        $token = "e30.$(Get-Base64Url $user).x"
        $client = Get-Base64Url "{`"uid`":`"o`",`"utid`":`"$Tenant`"}"
        while ($true) {
            try { $connection = $Listener.AcceptTcpClient() } catch { return }
            try {
                $stream = [System.Net.Security.SslStream]::new($connection.GetStream())
                $stream.AuthenticateAsServer($Certificate)
                $reader = [System.IO.StreamReader]::new($stream)
                $path = $reader.ReadLine().Split(' ')[1]
                $length = 0
                while ($line = $reader.ReadLine()) {
                    if ($line -match '^Content-Length: (\d+)') { $length = [int] $Matches[1] }
                }
                $body = [char[]]::new($length)
                $null = $reader.ReadBlock($body, 0, $length)
                $status = '200 OK'
                $answer = switch -Wildcard ($path) {
                    '*/auth/metadata' { "{`"AzureAD`":{`"LoginEndpoint`":`"$Address`",`"KustoServiceResourceId`":`"https://kusto.kusto.windows.net`"}}" }
                    '*/devicecode' { '{"user_code":"ABC123","device_code":"s3cret-device-code","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":1,"message":"Open the page and enter ABC123."}' }
                    '*/token' {
                        # The user takes a moment.
                        $Polls.Enqueue($path)
                        if ($Polls.Count -eq 1) {
                            $status = '400 Bad Request'
                            '{"error":"authorization_pending","error_description":"AADSTS70016: pending"}'
                        }
                        else {
                            "{`"token_type`":`"Bearer`",`"expires_in`":3600,`"access_token`":`"$token`",`"id_token`":`"$token`",`"client_info`":`"$client`"}"
                        }
                    }
                    default { '{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"ServiceType","DataType":"String"}],"Rows":[["Engine"]]}]}' }
                }
                $bytes = [System.Text.Encoding]::UTF8.GetBytes("HTTP/1.1 $status`r`nContent-Type: application/json`r`nConnection: close`r`nContent-Length: $($answer.Length)`r`n`r`n$answer")
                $stream.Write($bytes, 0, $bytes.Length)
                $stream.Dispose()
            }
            catch { Write-Warning "$_" }
            finally { $connection.Dispose() }
        }
    }
    $server = [powershell]::Create()
    $null = $server.AddScript($serve).AddArgument($listener).AddArgument($certificate).AddArgument($address).AddArgument($tenant).AddArgument($polls)
    $serving = $server.BeginInvoke()

    # With the preferences that silence most, as a script of somebody else may have them.
    Set-Content "$TestDrive/connect.ps1" @'
param($Manifest, $Address, $Tenant)
Import-Module $Manifest
$WarningPreference = $VerbosePreference = $InformationPreference = 'SilentlyContinue'
try { "connected as $((Connect-Adx $Address -DeviceCode -TenantId $Tenant).Principal)" }
catch { $_.FullyQualifiedErrorId; $_.Exception.Message; $_.ErrorDetails.RecommendedAction }
'@
}

AfterAll {
    $listener.Stop()
    $null = $server.EndInvoke($serving)
    $server.Dispose()
}

Describe 'Connect-Adx -DeviceCode' {
    It 'shows the code, waits for the user, and is connected as that user' -Skip:(-not $IsLinux) {
        $before = $env:SSL_CERT_FILE
        $env:SSL_CERT_FILE = "$TestDrive/root.pem"
        try {
            # Without -NonInteractive: somebody might sit there.
            $lines = @($null | & pwsh -NoProfile -File "$TestDrive/connect.ps1" $ModuleManifest $address $tenant)
        }
        finally {
            $env:SSL_CERT_FILE = $before
        }
        $lines | Should -Be 'Open the page and enter ABC123.', "connected as aaduser=ada@contoso.com;$tenant"
        $polls.Count | Should -BeGreaterOrEqual 2
    }
}
