# Where Connect-Adx connects to: the forms of -Cluster, whom it trusts, and the way there.

BeforeDiscovery {
    # No sign-in of these gets as far as asking anybody.
    . $PSScriptRoot/SecureText.ps1
    $signIns = @(
        @{ Sign = 'a token'; SignIn = @{ AccessToken = Get-SecureText 'a.b.c' } }
        @{ Sign = 'a key'; SignIn = @{ Credential = [pscredential]::new('app', (Get-SecureText 'key')); TenantId = 'contoso.com' } }
        @{ Sign = 'a managed identity'; SignIn = @{ ManagedIdentity = $true } }
        @{ Sign = 'the Azure CLI'; SignIn = @{ AzureCli = $true } }
        @{ Sign = 'a local principal'; SignIn = @{ Local = $true; Principal = 'aaduser=ada@contoso.com' } }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $local = Start-AdxLocal
    $address = $local.ClusterUri.AbsoluteUri
    $token = Get-SecureText 'a.b.c'
    $key = 't0p~s3cret-K'

    function Confirm-Failure($Failure, [string] $Id, [string] $Category) {
        $Failure | Should -Not -BeNullOrEmpty
        $Failure.FullyQualifiedErrorId | Should -BeExactly "$Id,AdxFlow.PowerShell.Adx.ConnectAdxCommand"
        $Failure.CategoryInfo.Category | Should -Be $Category
        $Failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The cluster of Connect-Adx' {
    It 'is a connection string: <Text>' -ForEach @(
        @{ Text = 'Data Source={0};Initial Catalog=Orders;Fed=false' }
        @{ Text = '{0}Orders;AAD Federated Security=False' }
        @{ Text = ' server = {0} ; DATABASE = "Orders" ; fed = NO ; Streaming=true' }
    ) {
        $connection = Connect-Adx ($Text -f $address)
        $connection.Cluster | Should -Be $local.ClusterUri
        $connection.Database | Should -BeExactly 'Orders'
        $connection.SignIn | Should -Be 'Local'
        Get-AdxConnection | Should -Be $connection
    }

    It 'may be a connection string that leaves the sign-in to the parameters' {
        $connection = Connect-Adx "$address;Database=Orders;Fed=true" -AccessToken $token
        $connection.SignIn | Should -Be 'AccessToken'
        $connection.Database | Should -BeExactly 'Orders'
        (Connect-Adx "$address;Database=Orders" -Local).SignIn | Should -Be 'Local'
        (Connect-Adx "$address;Database=Orders" Telemetry -Local).Database | Should -BeExactly 'Telemetry'
    }

    It 'comes with the quotes and spaces of whatever it was copied from' {
        (Connect-Adx " '$address' " -Local).Cluster | Should -Be $local.ClusterUri
    }

    It 'is not <Case>' -ForEach @(
        @{ Case = 'a resource id'; Text = '/subscriptions/0/resourceGroups/r/providers/Microsoft.Kusto/clusters/c'; Message = '*resource of Azure*' }
        @{ Case = 'a page of the portal'; Text = 'https://portal.azure.com/#@contoso.com/resource/subscriptions/0/resourceGroups/r/providers/Microsoft.Kusto/clusters/c/overview'; Message = '*page of its portal*' }
        @{ Case = 'a page of the web explorer without a cluster'; Text = 'https://dataexplorer.azure.com/dashboards'; Message = '*names no cluster*' }
        @{ Case = 'an address with a query'; Text = 'https://help.kusto.windows.net/Samples?query=T'; Message = "*no '?'*" }
        @{ Case = 'the address of an endpoint'; Text = 'https://help.kusto.windows.net/v2/rest/query'; Message = '*more behind the host*' }
        @{ Case = 'of another scheme'; Text = 'tcp://help.kusto.windows.net'; Message = '*neither https*' }
        @{ Case = 'two words'; Text = 'my cluster'; Message = '*cannot be read*' }
    ) {
        $failure = Get-Failure { Connect-Adx $Text -AccessToken $token }
        Confirm-Failure $failure -Id AdxInvalidCluster -Category InvalidArgument
        $failure.Exception.Message | Should -BeLike $Message
    }
}

Describe 'A connection string that Connect-Adx cannot use' {
    It 'has <Case>' -ForEach @(
        @{ Case = 'an unknown keyword'; Text = 'help;Colour=SECRET'; Message = "*'Colour' is no keyword*" }
        @{ Case = 'no cluster'; Text = 'Fed=true;AppKey=SECRET'; Message = '*names no cluster*' }
        @{ Case = 'a user''s password'; Text = 'help;User ID=me;Password=SECRET'; Message = "*'Password' is not supported*" }
        @{ Case = 'dSTS'; Text = 'help;dSTS Federated Security=true'; Message = "*'dSTS Federated Security' is not supported*" }
        @{ Case = 'a key without a tenant'; Text = 'help;AppClientId=a;AppKey=SECRET'; Message = "*'Authority Id' is missing*" }
        @{ Case = 'a keyword twice'; Text = 'help;AppKey=SECRET;Application Key=SECRET'; Message = "*'Application Key' is given twice*" }
        @{ Case = 'a key cut by a semicolon'; Text = 'help;AppClientId=a;AppKey=x;SECRET'; Message = "*without '=' behind 'Application Key'*" }
        @{ Case = 'the same with an equals sign'; Text = 'help;AppClientId=a;AppKey=x;SECRET=y'; Message = "*behind 'Application Key'*" }
        @{ Case = 'an open quote'; Text = 'help;AppClientId=a;AppKey="SECRET'; Message = "*quote of 'Application Key'*" }
    ) {
        # From a variable, as the line of a command is part of what PowerShell shows of an error.
        $requests = Get-LocalRequest { $script:failure = Get-Failure { Connect-Adx $Text } }
        Confirm-Failure $failure -Id AdxInvalidConnectionString -Category InvalidArgument
        $failure.Exception.Message | Should -BeLike $Message
        $failure | Format-List * -Force | Out-String -Width 4096 | Should -Not -BeLike '*SECRET*'
        $requests | Should -BeNullOrEmpty
    }

    It 'says how to sign in, and so does a parameter' {
        $both = "$address;AppClientId=4c7e82bd-6adb-46c3-b413-fdd44834c69b;AppKey=$key;Authority Id=contoso.com"
        $requests = Get-LocalRequest { $script:failure = Get-Failure { Connect-Adx $both -AzureCli } }
        Confirm-Failure $failure -Id AdxInvalidConnectionString -Category InvalidArgument
        $failure.Exception.Message | Should -BeLike '*said twice*ServicePrincipal*AzureCli*'
        $requests | Should -BeNullOrEmpty
    }

    It 'leads to a host that is not trusted, whatever else is in it' {
        $text = "Data Source=https://kusto.windows.net.attacker.example;AppClientId=4c7e82bd-6adb-46c3-b413-fdd44834c69b;AppKey=$key;Authority Id=contoso.com"
        $failure = Get-Failure { Connect-Adx $text }
        Confirm-Failure $failure -Id AdxHostNotTrusted -Category SecurityError
        $failure.TargetObject | Should -BeExactly 'https://kusto.windows.net.attacker.example'
    }
}

Describe 'Trust, with <Sign>' -ForEach $signIns {
    It 'is not given to <_>' -ForEach 'https://localhostess', 'https://127.0.0.1.evil.example', 'https://kusto.windows.net.evil.example', 'https://help.kusto.windows.net.', 'https://user:pass@help.kusto.windows.net' {
        $failure = Get-Failure { Connect-Adx $_ @SignIn }
        Confirm-Failure $failure -Id AdxHostNotTrusted -Category SecurityError
        $failure.Exception.Message | Should -BeLike '*Nothing was sent.*'
    }

    It 'is not given to http on another machine' {
        Confirm-Failure (Get-Failure { Connect-Adx http://help.kusto.windows.net @SignIn }) -Id AdxHttpNotAllowed -Category SecurityError
    }

    It 'is not given to an ingestion service elsewhere' {
        $requests = Get-LocalRequest {
            $script:failure = Get-Failure { Connect-Adx $address @SignIn -IngestionUri https://ingest.evil.example }
        }
        Confirm-Failure $failure -Id AdxHostNotTrusted -Category SecurityError
        $requests | Should -BeNullOrEmpty
    }
}

Describe '-TrustedHost' {
    It 'covers engine and ingestion service with one name: <_>' -ForEach 'adx.contoso.invalid', 'ingest-adx.contoso.invalid', '.contoso.invalid' {
        # .invalid has no address anywhere, so that this ends at the first look-up.
        Confirm-Failure (Get-Failure { Connect-Adx https://adx.contoso.invalid -AccessToken $token -TrustedHost $_ }) -Id AdxConnectionFailed -Category ConnectionError
    }

    It 'does not cover its neighbours' {
        Confirm-Failure (Get-Failure { Connect-Adx https://adx2.contoso.invalid -AccessToken $token -TrustedHost adx.contoso.invalid }) -Id AdxHostNotTrusted -Category SecurityError
    }

    It 'does not make http good enough' {
        Confirm-Failure (Get-Failure { Connect-Adx http://adx.contoso.invalid -AccessToken $token -TrustedHost adx.contoso.invalid }) -Id AdxHttpNotAllowed -Category SecurityError
    }
}

Describe '-IngestionUri' {
    It 'is taken as it is given' {
        (Connect-Adx $address -Local -IngestionUri http://localhost:9/).IngestionUri | Should -Be 'http://localhost:9/'
    }

    It 'may be short, like the cluster' {
        # The local sign-in refuses it, and names what it was read as.
        (Get-Failure { Connect-Adx $address -Local -IngestionUri ingest-c.westeurope }).Exception.Message | Should -BeLike "*'ingest-c.westeurope.kusto.windows.net'*"
    }
}

Describe '-Proxy' {
    It 'is refused with a password in it, which does not show' {
        $proxy = [uri] "http://me:$key@proxy.contoso.invalid:8080"
        $failure = Get-Failure { Connect-Adx help.westus -AccessToken $token -Proxy $proxy }
        Confirm-Failure $failure -Id AdxInvalidProxy -Category InvalidArgument
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-ProxyCredential*'
        $failure | Format-List * -Force | Out-String -Width 4096 | Should -Not -BeLike "*$key*"
    }

    It 'is refused if it is no proxy: <_>' -ForEach 'ftp://proxy.contoso.invalid', 'http://proxy.contoso.invalid/proxy.pac' {
        Confirm-Failure (Get-Failure { Connect-Adx help.westus -AccessToken $token -Proxy $_ }) -Id AdxInvalidProxy -Category InvalidArgument
    }

    It 'is named when it is not there: <_>' -ForEach 'http://proxy.contoso.invalid:8080', 'proxy.contoso.invalid:8080' {
        $failure = Get-Failure { Connect-Adx help.westus -AccessToken $token -Proxy $_ }
        Confirm-Failure $failure -Id AdxProxyFailed -Category ConnectionError
        $failure.Exception.Message | Should -BeLike "*'proxy.contoso.invalid:8080' cannot be reached*"
    }

    It 'is named when it asks who one is' {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $job = Start-ThreadJob {
                $client = ($using:listener).AcceptTcpClient()
                $stream = $client.GetStream()
                $null = $stream.Read([byte[]]::new(4096), 0, 4096)
                $stream.Write([System.Text.Encoding]::ASCII.GetBytes("HTTP/1.1 407 Proxy Authentication Required`r`nProxy-Authenticate: Basic realm=`"x`"`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"))
                $client.Dispose()
            }
            $failure = Get-Failure { Connect-Adx help.westus -AccessToken $token -Proxy "http://127.0.0.1:$($listener.LocalEndpoint.Port)" }
            Confirm-Failure $failure -Id AdxProxyAuthenticationFailed -Category AuthenticationError
            $failure.Exception.Message | Should -BeLike "*127.0.0.1:$($listener.LocalEndpoint.Port)*(407)*"
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-ProxyCredential*'
        }
        finally {
            $listener.Stop()
            $job | Remove-Job -Force
        }
    }

    It 'is not asked for this machine' {
        (Connect-Adx $address -Local -Proxy http://proxy.contoso.invalid:8080).Cluster | Should -Be $local.ClusterUri
        (Invoke-AdxQuery 'print v = 1').v | Should -Be 1
    }
}

Describe 'A cluster that is stopped' {
    It 'is told as such while connecting, and afterwards' {
        $other = Open-LocalCluster
        $connection = Connect-Adx $other.ClusterUri -Local
        $other.Dispose()
        foreach ($call in { Connect-Adx $connection.Cluster -Local }, { Invoke-AdxQuery 'print 1' -Connection $connection }, { Invoke-AdxCommand '.show tables' -Connection $connection }) {
            $failure = Get-Failure $call
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdxConnectionFailed,*'
            $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*stopped*'
        }
    }
}
