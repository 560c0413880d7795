# No token, key or signature shows itself: in no stream, no error, no object and no transcript.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $local = Start-AdxLocal
    $principal = 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'

    function Get-Base64Url([string] $Text) {
        [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($Text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    }
    # A token such as Entra's, with a signature to look for.
    $jwt = '{0}.{1}.{2}' -f (Get-Base64Url '{"alg":"RS256","typ":"JWT"}'), (Get-Base64Url '{"appid":"4c7e82bd-6adb-46c3-b413-fdd44834c69b","tid":"9752a91d-8e15-44e2-aa72-e9f8e12c3ec5"}'), 'c2lnbmF0dXJlLW9mLXRoZS10b2tlbg'
    $key = 'kEy~8Q.secret-of-the-application'
    $password = 'pa55-of-the-certificate'
    $containers = (Invoke-RestMethod "$($local.ClusterUri)v1/rest/ingestion/configuration").containerSettings.containers
    $signature = [uri]::UnescapeDataString(($containers[0].path -replace '.*sig=', ''))

    # What must not show: whole, in parts, and as it is written in addresses and headers.
    $clientSecret = 'p8e-s3cret-of+the/client='
    $principalKey = 'kEy~7Q.of-the-principal'
    $secrets = @($clientSecret, [uri]::EscapeDataString($clientSecret), $principalKey, $jwt, $jwt.Split('.')[2], $key, $password, $signature, [uri]::EscapeDataString($signature), 'sig=', 'Bearer ey', 'eyJ')

    function Confirm-NoSecret([string] $Text, [string] $Where) {
        foreach ($secret in $secrets) {
            $Text.Contains($secret, [System.StringComparison]::OrdinalIgnoreCase) | Should -BeFalse -Because "'$secret' shows in $Where"
        }
    }
    $client = [pscredential]::new('client', (Get-SecureText $clientSecret))
    $reader = [pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText $principalKey))
    # Everything that PowerShell can be made to say of an object.
    function Get-FullText($Object) {
        $Object | Format-List * -Force | Out-String -Width 4096
        $Object | Format-Custom * -Depth 4 | Out-String -Width 4096
        $Object | Format-Table * -Force | Out-String -Width 4096
        $Object | Get-Member -Force | Out-String -Width 4096
        $Object | ForEach-Object ToString
        try { ConvertTo-Json $Object -Depth 6 -WarningAction Ignore } catch { "$_" }
        [System.Management.Automation.PSSerializer]::Serialize($Object, 5)
    }
    function Get-ErrorText($Record) {
        $Record | Out-String -Width 4096
        $Record | Format-List * -Force | Out-String -Width 4096
        for ($exception = $Record.Exception; $exception; $exception = $exception.InnerException) {
            $exception.ToString()
            $exception | Format-List * -Force | Out-String -Width 4096
            $exception.Data | Out-String
        }
        $Record.ErrorDetails | Format-List * -Force | Out-String -Width 4096
        Get-Error $Record | Out-String -Width 4096
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The secrets of this suite' {
    It 'are really those in use, so that looking for them means something' {
        $null = Connect-Adx -Local
        $null = New-AdxTable Probe 'Id:long'
        $null = @{ Id = 1 } | Send-AdxData Probe -Wait
        $signature.Length | Should -BeGreaterThan 20
        $configuration = Invoke-RestMethod "$($local.ClusterUri)v1/rest/ingestion/configuration"
        $configuration.containerSettings.containers[0].path | Should -BeLike "*sig=$([uri]::EscapeDataString($signature))*"
        { Confirm-NoSecret "a $jwt b" 'a probe' } | Should -Throw
    }

    It 'are looked for in what every cmdlet says' {
        $tokens = $null
        $syntax = [System.Management.Automation.Language.Parser]::ParseFile("$PSScriptRoot/Redaction.Tests.ps1", [ref] $tokens, [ref] $null)
        $called = $syntax.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | ForEach-Object GetCommandName
        (Import-PowerShellDataFile $ModuleManifest).CmdletsToExport | Where-Object { $_ -notin $called } | Should -BeNullOrEmpty
    }
}

Describe 'No stream shows a secret' {
    It 'while everything is done and every stream is shown' {
        $text = & {
            # Errors are among what is looked at: that of the row, and that of the roles, which the principal may not see.
            $VerbosePreference = $DebugPreference = $ErrorActionPreference = 'Continue'
            Connect-Adx -Local
            New-AdxTable Streams 'Id:long'
            Grant-AdxIngestor $principal -Table Streams
            $c = Connect-Adx -Local -Principal $principal
            1..3 | ForEach-Object { @{ Id = $_; Extra = 1 } } | Send-AdxData Streams -Connection $c -BatchRows 1 -Wait
            @{ Id = 'x' } | Send-AdxData Streams -Connection $c -Wait
            @{ Id = 1 } | Send-AdxData Streams -Connection $c -DeliveryGuarantee ExactlyOnce -SpoolPath "$TestDrive/spool"
            Get-AdxSpool "$TestDrive/spool"
            (Get-AdxSpool "$TestDrive/spool").Batches
            Get-ChildItem "$TestDrive/spool" -File -Recurse | Get-Content -Raw
            Resume-AdxSpool "$TestDrive/spool" -Wait -Connection $c
            Remove-AdxSpool "$TestDrive/spool" -Confirm:$false
            Invoke-AdxQuery 'Streams | count' -Connection $c
            Get-AdxIngestion -Connection $c | Wait-AdxIngestion -Connection $c
            Get-AdxIngestionFailure -Connection $c
            Get-AdxIngestion -OperationId 'no;such' -Table Streams -Connection $c
            Stop-AdxIngestion -OperationId 'no;such' -Table Streams -Connection $c
            Get-AdxConnection
            New-AdxMapping Streams Mapped Csv 'Id', 'Missing' -Connection $c
            Get-AdxMapping -Connection $c
            Remove-AdxMapping Streams NoSuch -Connection $c -Confirm:$false
            Get-AdxRole Streams -Connection $c
            Test-AdxAccess Streams -Connection $c
            $c = Connect-Adx -Local
            Grant-AdxRole 'aaduser=ada@contoso.com' Viewer -Note why -Connection $c
            Get-AdxRole -Principal 'aaduser=ada@contoso.com' -Connection $c | Revoke-AdxRole -Connection $c
            Set-AdxRole $principal Ingestor -Table Streams -Confirm:$false -Connection $c
            Add-AdxLocalFault NotFound -Target StorageQueue -PassThru
            Get-AdxLocalFault | Remove-AdxLocalFault
            Get-AdxDatabase -Detailed
            Set-AdxTablePolicy Streams -Streaming $true -PassThru
            Get-AdxTablePolicy Streams
            Get-AdxTable Streams -Detailed
            Clear-AdxTable Streams -PassThru -Confirm:$false
            Revoke-AdxIngestor $principal -Table Streams
            Remove-AdxTable Streams -Confirm:$false
            $flow = Connect-Flow -Credential $client -OrganizationId contoso@AdobeOrg -Uri $local.FlowUri -ImsUri $local.ImsUri
            $flow
            Get-FlowSession
            Get-FlowSandbox
            Get-FlowConnectionSpec
            $made = New-FlowConnection Streams -Credential $reader -TenantId contoso.com -AdxConnection $c -GrantViewer -Draft
            $made
            Publish-FlowConnection $made.Id -PassThru
            Get-FlowConnection
            Test-FlowConnection $made.Id
            Get-FlowTable $made.Id
            Get-FlowTable $made.Id Missing -Preview
            Set-FlowConnection $made.Id -Credential $reader -PassThru
            Set-FlowConnection $made.Id -AuthParameter @{ servicePrincipalKey = $principalKey }
            New-FlowConnection Streams -SpecId 0479cc14-7651-4354-b233-7480606c2ac3 -AuthParameter @{ servicePrincipalKey = (Get-SecureText $principalKey); $principalKey = 1 }
            New-AdxTable FlowStreams 'Id:long', 'Note:string'
            $rows = New-FlowDataset Streams 'Id:long', 'Note:string' -ErrorDiagnostics
            $fields = $rows | New-FlowMapping -Column 'Id', 'Extra'
            Test-FlowMapping $fields.Id -Data ([pscustomobject]@{ Id = 1 })
            New-FlowSource Streams -ConnectionId $made.Id -Table FlowStreams | Remove-FlowSource -Confirm:$false
            New-FlowTarget Streams -DatasetId $rows.Id | Remove-FlowTarget -Confirm:$false
            $draft = New-Flow Streams -ConnectionId $made.Id -Table FlowStreams -DatasetId $rows.Id -MappingId $fields.Id -AdxConnection $c -Draft
            $draft | Set-Flow -Frequency Once -StartTime (Get-Date).AddHours(1) -PassThru
            $draft | Publish-Flow -PassThru
            $draft | Disable-Flow -PassThru
            $draft | Enable-Flow -PassThru
            $draft | Start-FlowRun -WindowStart 2025-01-01 -WindowEnd 2025-01-02 -DeltaColumn Id | Wait-FlowRun | Restart-FlowRun
            Get-Flow | Get-FlowRun
            Get-FlowRun -RowError
            Get-FlowSource
            Get-FlowTarget
            Get-FlowSpec
            Get-FlowDataset
            Remove-Flow $draft.Id -Recurse -Confirm:$false
            Remove-FlowConnection $made.Id -Confirm:$false
            Disconnect-Flow
            Disconnect-Adx
        } *>&1 | Format-List * -Force | Out-String -Width 4096
        $text | Should -BeLike '*Batch*queued as operation*' -Because 'the verbose stream was there'
        Confirm-NoSecret $text 'a stream'
    }
}

Describe 'No object shows a secret' {
    It 'the connection of an access token' {
        # The stand-in asks for no sign-in; the token is held, not sent.
        $connection = Connect-Adx $local.ClusterUri -AccessToken (Get-SecureText $jwt)
        Confirm-NoSecret ((Get-FullText $connection) -join "`n") 'the connection'
    }

    It 'the connection of a principal' {
        $connection = Connect-Adx -Local -Principal $principal
        $null = Get-Failure { Invoke-AdxCommand '.show version' -Connection $connection }
        Confirm-NoSecret ((Get-FullText $connection) -join "`n") 'the connection'
    }

    It 'the connection of a key' {
        $connection = Connect-Adx $local.ClusterUri -Credential ([pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText $key))) -TenantId contoso.com
        Confirm-NoSecret ((Get-FullText $connection) -join "`n") 'the connection'
    }

    It 'the connection of a connection string' {
        $text = "$($local.ClusterUri);Fed=true;AppClientId=4c7e82bd-6adb-46c3-b413-fdd44834c69b;AppKey=`"$key`";Authority Id=contoso.com"
        $connection = Connect-Adx $text
        $connection.SignIn | Should -Be 'ServicePrincipal'
        Confirm-NoSecret ((Get-FullText $connection) -join "`n") 'the connection'
    }

    It 'the connection of a certificate' {
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=redaction', [System.Security.Cryptography.RSA]::Create(2048), 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $made = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(1))
        [System.IO.File]::WriteAllBytes("$TestDrive/redaction.pfx", $made.Export('Pfx', $password))
        $connection = Connect-Adx $local.ClusterUri -CertificatePath "$TestDrive/redaction.pfx" -CertificatePassword (Get-SecureText $password) -ApplicationId '4c7e82bd-6adb-46c3-b413-fdd44834c69b' -TenantId contoso.com
        Confirm-NoSecret ((Get-FullText $connection) -join "`n") 'the connection'
    }

    It 'the session and the connections of Experience Platform' {
        $session = Connect-Flow -Credential $client -OrganizationId contoso@AdobeOrg -Uri $local.FlowUri -ImsUri $local.ImsUri
        Confirm-NoSecret ((Get-FullText $session) -join "`n") 'the session'
        $made = New-FlowConnection Objects -Credential $reader -TenantId contoso.com -AdxConnection (Connect-Adx -Local) -Session $session
        Confirm-NoSecret ((Get-FullText $made) -join "`n") 'the connection'
        Confirm-NoSecret ((Get-FullText (Get-FlowConnection Objects)) -join "`n") 'the connection as it is read'
    }

    It 'what was sent, its batches and its errors' {
        $null = Connect-Adx -Local
        $null = New-AdxTable Objects 'Id:long'
        Set-Content "$TestDrive/a.csv" '1'
        $ingestion = Send-AdxData Objects -Path "$TestDrive/a.csv" -MappingName NoSuchMapping -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        Confirm-NoSecret ((Get-FullText $ingestion) -join "`n") 'the ingestion'
        Confirm-NoSecret ((Get-FullText $ingestion.Batches) -join "`n") 'the batches'
        $recorded = Get-AdxIngestionFailure Objects
        $recorded.Source | Should -BeLike '*/storage/*'
        Confirm-NoSecret ((Get-FullText $recorded) -join "`n") 'the failure'
        Confirm-NoSecret ((Get-ErrorText $failures[0]) -join "`n") 'the error'
    }
}

Describe 'No error shows a secret' {
    BeforeAll {
        $null = Connect-Adx -Local
        $null = New-AdxTable Errors 'Id:long'
        $addressWithKey = "https://user:$key@help.kusto.windows.net"
        $addressWithSignature = "https://help.kusto.windows.net/?sig=$([uri]::EscapeDataString($signature))"
        $connectionString = "Data Source=https://adx.attacker.example;Fed=true;AppClientId=4c7e82bd-6adb-46c3-b413-fdd44834c69b;AppKey=$key;Authority Id=contoso.com"
        $cutString = "help;AppClientId=4c7e82bd-6adb-46c3-b413-fdd44834c69b;AppKey=x;$key"
        $doubleString = "$($local.ClusterUri);UserToken=$jwt"
        $proxyWithKey = [uri] "http://user:$key@proxy.contoso.invalid:8080"
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
    }

    It 'of <Case>' -ForEach @(
        @{ Case = 'a host that is not trusted'; Call = { Connect-Adx https://adx.attacker.example -AccessToken (Get-SecureText $jwt) } }
        @{ Case = 'an address with a key in it'; Call = { Connect-Adx $addressWithKey -AzureCli } }
        @{ Case = 'an address with a signature in it'; Call = { Connect-Adx $addressWithSignature -AzureCli } }
        @{ Case = 'a connection string for a host that is not trusted'; Call = { Connect-Adx $connectionString } }
        @{ Case = 'a connection string whose key is cut'; Call = { Connect-Adx $cutString } }
        @{ Case = 'a connection string beside another sign-in'; Call = { Connect-Adx $doubleString -AzureCli } }
        @{ Case = 'a proxy with a key in its address'; Call = { Connect-Adx help.westus -AzureCli -Proxy $proxyWithKey } }
        @{ Case = 'a proxy that is not there'; Call = { Connect-Adx help.westus -AzureCli -Proxy http://proxy.contoso.invalid:8080 -ProxyCredential ([pscredential]::new('me', (Get-SecureText $key))) } }
        @{ Case = 'a password that is wrong'; Call = { Set-Content "$TestDrive/broken.pfx" 'broken'; Connect-Adx help.westus -CertificatePath "$TestDrive/broken.pfx" -CertificatePassword (Get-SecureText $password) -ApplicationId a -TenantId contoso.com } }
        @{ Case = 'a host that does not answer'; Call = { Connect-Adx https://adx.contoso.invalid -TrustedHost .contoso.invalid -AccessToken (Get-SecureText $jwt) } }
        @{ Case = 'a refused principal'; Call = { @{ Id = 1 } | Send-AdxData Errors -Connection $stranger } }
        @{ Case = 'a refused upload'; Call = { Add-AdxLocalFault Forbidden 100 -Target Upload; try { @{ Id = 1 } | Send-AdxData Errors } finally { Get-AdxLocalFault | Remove-AdxLocalFault } } }
        @{ Case = 'a connection that breaks'; Call = { Add-LocalFault Management -Abort; Invoke-AdxCommand '.create table Broken (a:long)' } }
        @{ Case = 'a refused batch'; Call = { Add-LocalFault QueuedPost -StatusCode 400; @{ Id = 1 } | Send-AdxData Errors } }
        @{ Case = 'a refused policy'; Call = { Set-AdxTablePolicy Errors -CachingPeriod '3d' -Connection $stranger } }
        @{ Case = 'a refused drop'; Call = { Remove-AdxTable Errors -Confirm:$false -Connection $stranger } }
        @{ Case = 'a refused clearing'; Call = { Clear-AdxTable Errors -Confirm:$false -Connection $stranger } }
        @{ Case = 'a refused mapping'; Call = { New-AdxMapping Errors Mapped Csv 'Id' -Connection $stranger } }
        @{ Case = 'a refused grant'; Call = { Grant-AdxRole 'aaduser=ada@contoso.com' Viewer -Connection $stranger -ErrorAction Stop } }
        @{ Case = 'a refused client'; Call = { (Get-LocalCluster).Flow.RegisterClient('known', 'another', 'contoso@AdobeOrg'); Connect-Flow -Credential ([pscredential]::new('known', (Get-SecureText $clientSecret))) -OrganizationId contoso@AdobeOrg -Uri $local.FlowUri -ImsUri $local.ImsUri } }
        @{ Case = 'an identity service that is not there'; Call = { Connect-Flow -Credential $client -OrganizationId contoso@AdobeOrg -ImsUri "https://user:$key@ims.contoso.invalid" } }
        @{ Case = 'a gateway with a signature in its address'; Call = { Connect-Flow -Credential $client -OrganizationId contoso@AdobeOrg -Uri $addressWithSignature } }
        @{ Case = 'a refused connection of Flow Service'; Call = { $null = Connect-Flow -Local; Add-LocalFault Flow -StatusCode 400; New-FlowConnection Refused -Credential $reader -TenantId contoso.com -Cluster $local.ClusterUri -Database D -ErrorAction Stop } }
        @{ Case = 'a refused flow'; Call = { $null = Connect-Flow -Local; New-Flow Refused -SourceId a -TargetId b -MappingId c -ErrorAction Stop } }
        @{ Case = 'a refused dataset'; Call = { $null = Connect-Flow -Local; Add-LocalFault FlowNeighbours -StatusCode 401 -Count 9; New-FlowDataset Refused 'a:string' -ErrorAction Stop } }
        @{ Case = 'a refused query'; Call = { Invoke-AdxQuery 'Errors' -Connection $stranger } }
    ) {
        $failure = Get-Failure $Call
        $failure | Should -Not -BeNullOrEmpty
        Confirm-NoSecret ((Get-ErrorText $failure) -join "`n") "the error of $Case"
    }
}

Describe 'A transcript' {
    It 'shows no secret' {
        $script = {
            param($Manifest, $Transcript, $Principal)
            $ErrorActionPreference = 'Continue'
            Import-Module $Manifest
            $null = Start-Transcript $Transcript
            $VerbosePreference = $DebugPreference = 'Continue'
            $null = Connect-Adx -Local
            $null = New-AdxTable Transcript 'Id:long' -ErrorAction SilentlyContinue
            Connect-Adx -Local -Principal $Principal | Format-List * -Force | Out-Default
            @{ Id = 1 } | Send-AdxData Transcript
            $null = Connect-Adx -Local
            @{ Id = 1 } | Send-AdxData Transcript -Wait | Format-List * -Force | Out-Default
            Get-Error | Out-Default
            $null = Stop-Transcript
        }
        $file = Join-Path $TestDrive 'transcript.ps1'
        Set-Content $file "& {$script} @args"
        $output = & pwsh -NoProfile -NonInteractive -File $file $ModuleManifest "$TestDrive/transcript.txt" $principal *>&1 | Out-String
        $transcript = Get-Content -Raw "$TestDrive/transcript.txt"
        $transcript | Should -BeLike '*queued as operation*'
        $transcript | Should -BeLike '*needs the role Ingestor*'
        # That process has a stand-in of its own, with another signature: the marks of one remain to look for.
        Confirm-NoSecret $transcript 'the transcript'
        Confirm-NoSecret $output 'the console'
    }
}
