# Connecting: where to, as whom, and what is refused before anything is sent.

BeforeDiscovery {
    . $PSScriptRoot/SecureText.ps1
    $parameters = @(
        @{ Parameter = 'Cluster'; Set = 'Interactive'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Cluster'; Set = 'AccessToken'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Cluster'; Set = 'Credential'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Cluster'; Set = 'ManagedIdentity'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Cluster'; Set = 'AzureCli'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Cluster'; Set = 'Local'; Form = 'String, position 0' }
        @{ Parameter = 'Database'; Set = 'Interactive'; Form = 'String, position 1' }
        @{ Parameter = 'IngestionUri'; Set = 'Credential'; Form = 'Uri' }
        @{ Parameter = 'AccessToken'; Set = 'AccessToken'; Form = 'SecureString, mandatory' }
        @{ Parameter = 'Credential'; Set = 'Credential'; Form = 'PSCredential, mandatory' }
        @{ Parameter = 'TenantId'; Set = 'Credential'; Form = 'String, mandatory' }
        @{ Parameter = 'ManagedIdentity'; Set = 'ManagedIdentity'; Form = 'SwitchParameter, mandatory' }
        @{ Parameter = 'ClientId'; Set = 'ManagedIdentity'; Form = 'String' }
        @{ Parameter = 'AzureCli'; Set = 'AzureCli'; Form = 'SwitchParameter, mandatory' }
        @{ Parameter = 'TenantId'; Set = 'AzureCli'; Form = 'String' }
        @{ Parameter = 'SignInTimeout'; Set = 'ManagedIdentity'; Form = 'TimeSpan' }
        @{ Parameter = 'Local'; Set = 'Local'; Form = 'SwitchParameter, mandatory' }
        @{ Parameter = 'Principal'; Set = 'Local'; Form = 'String' }
        @{ Parameter = 'Principal'; Set = 'Credential'; Form = 'not in this set' }
        @{ Parameter = 'TrustedHost'; Set = 'Interactive'; Form = 'String[]' }
        @{ Parameter = 'Proxy'; Set = 'Interactive'; Form = 'Uri' }
        @{ Parameter = 'ProxyCredential'; Set = 'Interactive'; Form = 'PSCredential' }
    )
    # Nothing listens there; a request that left would fail as AdxConnectionFailed, and only after a while.
    $untrusted = @(
        @{ Sign = 'a token'; SignIn = @{ AccessToken = Get-SecureText 'a.b.c' } }
        @{ Sign = 'a key'; SignIn = @{ Credential = [pscredential]::new('app', (Get-SecureText 'key')); TenantId = 'contoso.com' } }
        @{ Sign = 'a managed identity'; SignIn = @{ ManagedIdentity = $true } }
        @{ Sign = 'the Azure CLI'; SignIn = @{ AzureCli = $true } }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $local = Start-AdxLocal
    $token = Get-SecureText 'a.b.c'
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Connect-Adx' {
    It '<Parameter> in set <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Connect-Adx $Parameter $Set | Should -BeExactly $Form
    }

    It 'takes no plain text for a secret' {
        (Get-Command Connect-Adx).Parameters.Values | Where-Object { $_.Name -match 'Secret|Token|Password|Key$' } |
            ForEach-Object { $_.ParameterType.Name } | Select-Object -Unique | Should -BeExactly 'SecureString'
    }

    It 'does not mix two ways of signing in' {
        $failure = Get-Failure { Connect-Adx help.westus -AzureCli -ManagedIdentity }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }
}

Describe 'Connect-Adx -Local' {
    BeforeEach {
        Disconnect-Adx
    }

    It 'emits the connection, and makes it the default' {
        $connection = Connect-Adx -Local
        $connection | Should -BeOfType 'AdxFlow.AdxConnection'
        @($connection) | Should -HaveCount 1
        Get-AdxConnection | Should -Be $connection
    }

    It 'reaches the stand-in of this process, as its administrator, in its default database' {
        $connection = Connect-Adx -Local
        $connection.Cluster | Should -Be $local.ClusterUri
        $connection.Database | Should -BeExactly 'NetDefaultDB'
        $connection.Principal | Should -BeExactly 'administrator'
        $connection.IsLocal | Should -BeTrue
        $connection.ServerVersion | Should -Not -BeNullOrEmpty
    }

    It 'is the principal that it is told to be' {
        $null = Connect-Adx -Local -Principal 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com'
        (Get-AdxConnection).Principal | Should -BeExactly 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com'
        # It has no role yet; what counts is whom the stand-in takes it for.
        $requests = Get-LocalRequest { Get-Failure { Invoke-AdxCommand '.show version' } }
        $requests.Principal | Should -BeExactly 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com'
    }

    It 'takes the cluster of another port, and a database' {
        $other = Open-LocalCluster
        try {
            $connection = Connect-Adx -Local $other.ClusterUri Orders
            $connection.Cluster | Should -Be $other.ClusterUri
            $connection.Database | Should -BeExactly 'Orders'
        }
        finally {
            $other.Dispose()
        }
    }

    It 'refuses a principal that is none, and says how they are written' {
        $failure = Get-Failure { Connect-Adx -Local -Principal 'somebody' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidPrincipal,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*aadapp=*'
        Get-AdxConnection | Should -BeNullOrEmpty
    }

    It 'says once a session that it is no cluster' {
        $script = "Import-Module '$ModuleManifest'; Connect-Adx -Local | Out-Null; 'first'; Connect-Adx -Local -Principal 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com' | Out-Null; Connect-Flow -Local | Out-Null; 'last'"
        $lines = @(& pwsh -NoProfile -NonInteractive -Command $script | Out-String -Stream -Width 4096)
        $told = @($lines -match 'stand-in')
        $told | Should -HaveCount 1
        $told | Should -BeLike 'WARNING:*no cluster*about_AdxFlow_Local*'
        $lines.IndexOf($told[0]) | Should -BeLessThan $lines.IndexOf('first')
        $lines | Should -Contain 'last'
    }

    It 'is for this machine only' {
        $failure = Get-Failure { Connect-Adx -Local https://help.kusto.windows.net }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxHostNotTrusted,*'
        $failure.CategoryInfo.Category | Should -Be 'SecurityError'
    }

    It 'writes nothing to the other streams' {
        Connect-Adx -Local -Verbose 2>&1 3>&1 4>&1 5>&1 6>&1 | Should -BeOfType 'AdxFlow.AdxConnection'
    }
}

Describe 'A host that Connect-Adx does not trust' {
    It 'is refused with <Sign>' -ForEach $untrusted {
        $failure = Get-Failure { Connect-Adx https://adx.attacker.example @SignIn }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxHostNotTrusted,*'
        $failure.CategoryInfo.Category | Should -Be 'SecurityError'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike "*-TrustedHost 'adx.attacker.example'*"
        $failure.Exception.Message | Should -BeLike '*Nothing was sent.*'
    }

    It 'is not a look-alike: <_>' -ForEach 'https://kusto.windows.net.attacker.example', 'https://evilkusto.windows.net.example', 'https://help.kusto.windows.net@attacker.example' {
        (Get-Failure { Connect-Adx $_ -AccessToken $token }).FullyQualifiedErrorId | Should -BeLike 'AdxHostNotTrusted,*'
    }

    It 'is refused as the ingestion service too' {
        $failure = Get-Failure { Connect-Adx $local.ClusterUri -AccessToken $token -IngestionUri https://ingest.attacker.example }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxHostNotTrusted,*'
    }

    It 'gets no request, nor does anybody else' {
        Get-LocalRequest {
            Get-Failure { Connect-Adx https://adx.attacker.example -AccessToken $token }
            Get-Failure { Connect-Adx $local.ClusterUri -AccessToken $token -IngestionUri https://ingest.attacker.example }
        } | Should -BeNullOrEmpty
    }

    It 'leaves the default connection as it was' {
        $connection = Connect-Adx -Local
        $null = Get-Failure { Connect-Adx https://adx.attacker.example -AccessToken $token }
        Get-AdxConnection | Should -Be $connection
    }

    It 'is trusted when named, and then asked' {
        # .invalid has no address anywhere, so that this ends at the first look-up.
        $failure = Get-Failure { Connect-Adx https://adx.contoso.invalid -AccessToken $token -TrustedHost .contoso.invalid }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxConnectionFailed,*'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
    }

    It 'cannot be a whole top-level domain: <_>' -ForEach '.com', '*', 'https://adx.contoso.com' {
        $failure = Get-Failure { Connect-Adx https://adx.attacker.example -AccessToken $token -TrustedHost $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidTrustedHost,*'
    }
}

Describe 'An address that Connect-Adx cannot use' {
    It 'is plain http to another machine: <_>' -ForEach 'http://help.kusto.windows.net', 'http://10.0.0.1:8080', 'http://localhost.attacker.example' {
        $failure = Get-Failure { Connect-Adx $_ -AccessToken $token -TrustedHost '10.0.0.1' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxHttpNotAllowed,*'
        $failure.CategoryInfo.Category | Should -Be 'SecurityError'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*https*'
    }

    It 'is no address: <_>' -ForEach 'ftp://help.kusto.windows.net', 'https://help.kusto.windows.net?sig=x', 'a b' {
        (Get-Failure { Connect-Adx $_ -AccessToken $token }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidCluster,*'
    }

    It 'is one where nobody listens' {
        $other = Open-LocalCluster
        $address = $other.ClusterUri
        $other.Dispose()
        $failure = Get-Failure { Connect-Adx -Local $address }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxConnectionFailed,*'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'Connect-Adx with a secret that cannot be one' {
    It 'refuses an empty key' {
        $empty = [pscredential]::new('app', [securestring]::new())
        (Get-Failure { Connect-Adx help.westus -Credential $empty -TenantId contoso.com }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidSignIn,*'
    }

    It 'refuses a token with a line break, without showing it' {
        $broken = Get-SecureText "top-secret`r`nX-Header: 1"
        $failure = Get-Failure { Connect-Adx help.westus -AccessToken $broken }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidSignIn,*'
        $failure | Out-String | Should -Not -BeLike '*top-secret*'
    }
}
