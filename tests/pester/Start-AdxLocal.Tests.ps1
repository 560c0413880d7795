# The stand-in: one a process, on loopback.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1

    function Get-FreePort {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $listener.LocalEndpoint.Port
        }
        finally {
            $listener.Stop()
        }
    }
}

Describe 'Start-AdxLocal' {
    AfterEach {
        Stop-AdxLocal
    }

    It 'starts on a free port of this machine, and says where' {
        $local = Start-AdxLocal
        $local | Should -BeOfType 'AdxFlow.AdxLocal'
        $local.Port | Should -BeGreaterThan 0
        $local.ClusterUri | Should -Be "http://localhost:$($local.Port)/"
        $local.IngestionUri.IsLoopback | Should -BeTrue
        (Invoke-WebRequest "$($local.ClusterUri)v1/rest/auth/metadata").StatusCode | Should -Be 200
    }

    It 'plays Adobe''s side too, and says where' {
        $local = Start-AdxLocal
        $local.FlowUri | Should -Be "http://localhost:$($local.Port)/flow/"
        $local.ImsUri | Should -Be "http://localhost:$($local.Port)/ims/"
        $token = Invoke-RestMethod "$($local.ImsUri)ims/token/v3" -Method Post -Body @{
            grant_type = 'client_credentials'; client_id = 'me'; client_secret = 'any'; scope = 'openid,AdobeID,read_organizations'
        }
        $headers = @{ Authorization = "Bearer $($token.access_token)"; 'x-api-key' = 'me'; 'x-gw-ims-org-id' = 'ABC@AdobeOrg'; 'x-sandbox-name' = 'prod' }
        $specs = Invoke-RestMethod "$($local.FlowUri)data/foundation/flowservice/connectionSpecs" -Headers $headers
        $specs.items.id | Should -Contain '0479cc14-7651-4354-b233-7480606c2ac3'
    }

    It 'shows all its addresses in 120 columns' {
        $shown = Start-AdxLocal | Format-Table | Out-String -Width 120
        $shown | Should -Match '/flow/'
        $shown | Should -Match '/ims/'
        $shown | Should -Not -Match '\.\.\.|\u2026'
    }

    It 'starts on the port it is given' {
        $port = Get-FreePort
        (Start-AdxLocal $port).Port | Should -Be $port
    }

    It 'gives the one that runs, with its tables' {
        $first = Start-AdxLocal
        $null = Connect-Adx -Local
        $null = New-AdxTable Kept 'a:long'
        (Start-AdxLocal).ClusterUri | Should -Be $first.ClusterUri
        (Start-AdxLocal -Port $first.Port).ClusterUri | Should -Be $first.ClusterUri
        (Get-AdxTable Kept).Name | Should -BeExactly 'Kept'
    }

    It 'refuses another port while one runs' {
        $first = Start-AdxLocal
        $failure = Get-Failure { Start-AdxLocal -Port ($first.Port -eq 65000 ? 65001 : 65000) }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxLocalRunning,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Stop-AdxLocal*'
    }

    It 'says that a port is taken' {
        $other = Open-LocalCluster
        try {
            $failure = Get-Failure { Start-AdxLocal -Port $other.Port }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdxLocalPortInUse,*'
            $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
            Get-LocalCluster | Should -BeNullOrEmpty
        }
        finally {
            $other.Dispose()
        }
    }

    It 'makes queued data wait as the batching policy says, if asked' {
        $first = Start-AdxLocal -SimulateBatching
        (Get-LocalCluster).SimulatesBatching | Should -BeTrue
        (Start-AdxLocal -SimulateBatching).ClusterUri | Should -Be $first.ClusterUri
        $null = Connect-Adx -Local
        $null = New-AdxTable Waits 'a:long'
        $queued = [pscustomobject]@{ a = 1 } | Send-AdxData Waits
        (Get-AdxTable Waits -Detailed).RowCount | Should -Be 0
        $null = Invoke-AdxCommand '.alter table Waits policy ingestionbatching @"{""MaximumNumberOfItems"":2}"'
        $null = [pscustomobject]@{ a = 2 } | Send-AdxData Waits -Wait
        ($queued | Wait-AdxIngestion).Status | Should -Be 'Succeeded'
        (Get-AdxTable Waits -Detailed).RowCount | Should -Be 2
    }

    It 'refuses to begin with batching while one runs without' {
        $null = Start-AdxLocal
        $failure = Get-Failure { Start-AdxLocal -SimulateBatching }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxLocalRunning,*'
    }

    It 'keeps what it has in a folder, if it is given one' {
        $local = Start-AdxLocal -Path "$TestDrive/kept/deep"
        $local.Path | Should -Be ([System.IO.Path]::GetFullPath("$TestDrive/kept/deep"))
        $null = Connect-Adx -Local
        $null = New-AdxTable Kept 'a:long'
        $null = 1..3 | ForEach-Object { [pscustomobject]@{ a = $_ } } | Send-AdxData Kept -Wait
        (Start-AdxLocal -Path "$TestDrive/kept/deep").ClusterUri | Should -Be $local.ClusterUri
        Stop-AdxLocal
        Push-Location "$TestDrive/kept"
        try {
            (Start-AdxLocal -Path deep).Path | Should -Be $local.Path -Because 'a relative path is that of the location'
        }
        finally {
            Pop-Location
        }
        $null = Connect-Adx -Local
        (Invoke-AdxQuery 'Kept | summarize sum(a)').sum_a | Should -Be 6
        (Start-AdxLocal).Path | Should -Be $local.Path
    }

    It 'keeps Adobe''s side in the folder too, and connections to its own cluster' {
        $null = Start-AdxLocal -Path "$TestDrive/flows"
        $adx = Connect-Adx -Local
        $null = Connect-Flow -Local
        $application = '4c7e82bd-6adb-46c3-b413-fdd44834c69b'
        $reader = [pscredential]::new($application, (Get-SecureText 'any-key'))
        $made = New-FlowConnection Kept -Credential $reader -TenantId contoso.com -AdxConnection $adx -GrantViewer
        Stop-AdxLocal
        $null = Start-AdxLocal -Path "$TestDrive/flows"
        $null = Connect-Flow -Local
        $kept = Get-FlowConnection
        $kept.Id | Should -BeExactly $made.Id
        $kept.ETag | Should -BeExactly $made.ETag
        $kept | Test-FlowConnection | Should -BeTrue
    }

    It 'refuses a folder while one runs without, and one that another has' {
        $null = Start-AdxLocal
        (Get-Failure { Start-AdxLocal -Path "$TestDrive/other" }).FullyQualifiedErrorId | Should -BeLike 'AdxLocalRunning,*'
        Test-Path "$TestDrive/other" | Should -BeFalse
        Stop-AdxLocal
        $other = Open-LocalCluster -Path "$TestDrive/other"
        try {
            $failure = Get-Failure { Start-AdxLocal -Path "$TestDrive/other" }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdxLocalPathInUse,*'
            $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
            Get-LocalCluster | Should -BeNullOrEmpty
        }
        finally {
            $other.Dispose()
        }
    }

    It 'refuses a folder that <Case>' -ForEach @(
        @{ Case = 'holds files of somebody else'; Id = 'AdxLocalPathForeign'; Name = 'notes.txt'; Text = 'mine' }
        @{ Case = 'a newer version has written'; Id = 'AdxLocalPathNewer'; Name = 'adxflow-local.json'; Text = '{"Format":99}' }
        @{ Case = 'is damaged'; Id = 'AdxLocalPathDamaged'; Name = 'adxflow-local.json'; Text = '{' }
    ) {
        $null = New-Item "$TestDrive/$Id" -ItemType Directory
        Set-Content "$TestDrive/$Id/$Name" $Text -NoNewline
        (Get-Failure { Start-AdxLocal -Path "$TestDrive/$Id" }).FullyQualifiedErrorId | Should -BeLike "$Id,*"
        Get-Content "$TestDrive/$Id/$Name" -Raw | Should -BeExactly $Text
    }

    It 'refuses a folder of no file system: <_>' -ForEach 'Env:/nowhere', 'NoSuchDrive:/nowhere' {
        Push-Location $TestDrive
        try {
            $failure = Get-Failure { Start-AdxLocal -Path $_ }
        }
        finally {
            Pop-Location
        }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxLocalPathUnusable,*'
        $failure.TargetObject | Should -BeExactly $_
        Get-LocalCluster | Should -BeNullOrEmpty
        Get-ChildItem $TestDrive -Filter nowhere* | Should -BeNullOrEmpty
    }

    It 'starts nothing with -WhatIf' {
        Start-AdxLocal -WhatIf | Should -BeNullOrEmpty
        Get-LocalCluster | Should -BeNullOrEmpty
    }

    It 'is what Connect-Adx -Local starts where none runs' {
        $connection = Connect-Adx -Local
        (Start-AdxLocal).ClusterUri | Should -Be $connection.Cluster
    }
}

Describe 'The parameters of Start-AdxLocal' {
    It '-Port is a number, in the range of ports' {
        Get-ParameterForm Start-AdxLocal Port '*' | Should -BeExactly 'Int32, position 0'
        (Get-Failure { Start-AdxLocal -Port 65536 }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        (Get-Failure { Start-AdxLocal -Port -1 }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }
}
